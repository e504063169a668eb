package org.mobilenet4j.compress.quantize;

import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.NetworkQuantization;
import org.mobilenet4j.train.FakeQuantization;

/// Fine-tuning that knows of the integers to come: what post-training quantization made is where it starts.
///
/// Batch normalization is folded before, so that what is trained are the weights that will be rounded
/// (Krishnamoorthi, arXiv 1806.08342, section 3.2, finds normalization by frozen statistics the best ending).
public final class AwareTraining {
    private AwareTraining() {}

    /// How a training of `start`'s model of floats takes its integers into account.
    ///
    /// @param start the network to train, and the scales of its maps
    /// @param scheme that `start` was quantized by
    /// @param rangeDecay of the maps' ranges, see [FakeQuantization]
    public static FakeQuantization of(PostTraining start, WeightScheme scheme, double rangeDecay) {
        var kernels = switch (scheme) {
            case PER_CHANNEL -> FakeQuantization.Kernels.PER_CHANNEL;
            case PER_TENSOR -> FakeQuantization.Kernels.PER_TENSOR;
            case PER_TENSOR_ASYMMETRIC -> FakeQuantization.Kernels.PER_TENSOR_ASYMMETRIC;
        };
        return new FakeQuantization(
                start.quantized().quantization().orElseThrow(), kernels, rangeDecay, new Ending(start, scheme));
    }

    /// Outputs keep the names that the model had, which are not always those of the photos' folders.
    private record Ending(PostTraining start, WeightScheme scheme) implements FakeQuantization.Ending {
        @Override
        public Model quantize(Model trained, NetworkQuantization maps) {
            return PostTraining.quantize(trained.withLabels(start.floats().labels()), maps, scheme);
        }
    }
}
