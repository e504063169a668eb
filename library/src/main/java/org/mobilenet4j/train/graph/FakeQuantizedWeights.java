package org.mobilenet4j.train.graph;

import java.util.Arrays;
import java.util.List;
import org.mobilenet4j.arch.Parameter.Role;
import org.mobilenet4j.train.optimize.ParameterLayout;

/// A network's weights as the operations see them in quantization-aware training: kernels quantized to 8 bits,
/// biases, which get 32 bits, unchanged.
///
/// The trained weights keep full precision, so that small updates add up; gradients pass straight through.
public final class FakeQuantizedWeights {
    private final List<ParameterLayout.Place> places;
    private final float[] values;
    private final float[] rounded;
    private final WeightGrid[] grids;

    /// @param isPerChannel see [WeightGrid], as for `isSymmetric`
    /// @param values the trained weights
    public FakeQuantizedWeights(
            ParameterLayout layout, boolean isPerChannel, boolean isSymmetric, float[] values, int shards) {
        this.places = layout.trainedPlaces();
        this.values = values;
        this.rounded = new float[values.length];
        int widest =
                places.stream().mapToInt(FakeQuantizedWeights::channels).max().orElse(1);
        this.grids = new WeightGrid[shards];
        Arrays.setAll(grids, _ -> new WeightGrid(isPerChannel, isSymmetric, widest));
    }

    /// The weights that the operations read.
    float[] rounded() {
        return rounded;
    }

    /// Output channels are innermost; those of a depthwise kernel span two dimensions.
    private static int channels(ParameterLayout.Place place) {
        int last = place.dims().getLast();
        boolean hasTwo = place.isDepthwise() && place.dims().size() > 1;
        return hasTwo ? place.dims().get(place.dims().size() - 2) * last : last;
    }

    /// Quantizes one share of the channels of every tensor.
    void run(int shard) {
        for (int i = 0; i < places.size(); i++) {
            var place = places.get(i);
            int at = place.offset();
            int channels = channels(place);
            int from = (int) ((long) channels * shard / grids.length);
            int to = (int) ((long) channels * (shard + 1) / grids.length);
            if (place.role() == Role.WEIGHT) {
                grids[shard].choose(values, at, place.size(), channels, from, to);
                grids[shard].round(values, rounded, at, place.size(), channels, from, to);
            } else {
                System.arraycopy(values, at + from, rounded, at + from, to - from);
            }
        }
    }
}
