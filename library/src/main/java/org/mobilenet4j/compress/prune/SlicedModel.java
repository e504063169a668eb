package org.mobilenet4j.compress.prune;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.BilinearResize;
import org.mobilenet4j.arch.ChannelShuffle;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.Dropout;
import org.mobilenet4j.arch.Flatten;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.Leaf;
import org.mobilenet4j.arch.LinearLayer;
import org.mobilenet4j.arch.LocalResponseNorm;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Nonlinearity;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.arch.Prelu;
import org.mobilenet4j.arch.Requantize;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Sigmoid;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.arch.ZeroPad;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.Tensor;

/// The weights of a model after channels were removed, with the mean contribution of these channels moved to the layers
/// that read them.
final class SlicedModel {
    private final Model model;
    private final ChannelRemoval removal;
    private final ExpectedMeans means;
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();
    /// Names of layers that get a bias, because nothing after them could absorb the contribution of the removed
    /// channels.
    private final List<String> biased = new ArrayList<>();

    private SlicedModel(Model model, ChannelRemoval removal) {
        this.model = model;
        this.removal = removal;
        this.means = ExpectedMeans.of(model.network(), model.weights());
    }

    static Model of(Model model, ChannelRemoval removal) {
        var sliced = new SlicedModel(model, removal);
        model.network().nodes().forEach(sliced::slice);
        model.network().nodes().forEach(sliced::compensate);
        var smaller = removal.network();
        var network =
                new Network(smaller.name(), smaller.input(), smaller.body().map(sliced::withBias));
        return model.withNetwork(network, new Weights(sliced.tensors));
    }

    private void slice(Node node) {
        int[] out = removal.kept(node.id());
        int[] in = switch (node.layer()) {
            case Conv conv -> removal.keptOfGroup(conv, node);
            case DepthwiseConv _, Dense _ -> removal.kept(node.inputs().getFirst());
            case BatchNorm _,
                    Activation _,
                    Pool _,
                    GlobalAveragePool _,
                    Flatten _,
                    Dropout _,
                    Softmax _,
                    Sigmoid _,
                    Nonlinearity _,
                    Prelu _,
                    LocalResponseNorm _,
                    ChannelShuffle _,
                    ZeroPad _,
                    BilinearResize _,
                    Requantize _,
                    Sequence _,
                    Parallel _ -> new int[] {0};
        };
        for (var parameter : node.parameters()) {
            var name = node.name() + "/" + parameter.name();
            boolean isDepthwise = parameter.name().equals("depthwise_kernel");
            int[] columns = isDepthwise ? all(parameter.dims().getLast()) : out;
            tensors.put(
                    name, parameter.dims().size() == 1 ? slice(name, new int[] {0}, out) : slice(name, in, columns));
        }
    }

    private static int[] all(int count) {
        return IntStream.range(0, count).toArray();
    }

    /// Selects rows and columns of the last two dimensions.
    private Tensor slice(String name, int[] rows, int[] columns) {
        var whole = model.weights().get(name);
        var dims = new ArrayList<>(whole.dims());
        int width = dims.getLast();
        int height = dims.size() == 1 ? 1 : dims.get(dims.size() - 2);
        int count = whole.size() / (width * height);
        var values = new float[count * rows.length * columns.length];
        int at = 0;
        for (int i = 0; i < count; i++) {
            for (int row : rows) {
                for (int column : columns) {
                    values[at++] = whole.get((i * height + row) * width + column);
                }
            }
        }
        dims.set(dims.size() - 1, columns.length);
        if (dims.size() > 1) {
            dims.set(dims.size() - 2, rows.length);
        }
        return Tensor.of(values, dims.stream().mapToInt(Integer::intValue).toArray());
    }

    /// Adds to a convolution or dense layer the contribution of its removed input channels to each output.
    private void compensate(Node node) {
        double[] lost = switch (node.layer()) {
            case Conv conv when !ChannelTies.isDepthwise(conv, node) -> lost(node, conv.groups());
            case Dense _ -> lost(node, 1);
            case Conv _,
                    DepthwiseConv _,
                    BatchNorm _,
                    Activation _,
                    Pool _,
                    GlobalAveragePool _,
                    Flatten _,
                    Dropout _,
                    Softmax _,
                    Sigmoid _,
                    Nonlinearity _,
                    Prelu _,
                    LocalResponseNorm _,
                    ChannelShuffle _,
                    ZeroPad _,
                    BilinearResize _,
                    Requantize _,
                    Sequence _,
                    Parallel _ -> new double[0];
        };
        int[] kept = removal.kept(node.id());
        if (Arrays.stream(kept).allMatch(o -> lost.length == 0 || lost[o] == 0)) {
            return;
        }
        var added = Arrays.stream(kept).mapToDouble(o -> lost[o]).toArray();
        var norm = normBehind(node);
        if (norm.isPresent()) {
            add(norm.get() + "/moving_mean", added, -1);
        } else {
            add(node.name() + "/bias", added, 1);
            biased.add(node.name());
        }
    }

    private double[] lost(Node node, int groups) {
        var kernel = model.weights().get(node.name() + "/kernel");
        int inputs = node.input().channels() / groups;
        int outputs = node.output().channels();
        var lost = new double[outputs];
        for (int input : removal.goneFromInput(node)) {
            double mean = means.mean(node.inputs().getFirst(), input);
            if (Double.isNaN(mean) || mean == 0) {
                continue;
            }
            int group = input / inputs;
            int each = outputs / groups;
            for (int from = input % inputs * outputs; from < kernel.size(); from += inputs * outputs) {
                for (int o = group * each; o < (group + 1) * each; o++) {
                    lost[o] += mean * kernel.get(from + o);
                }
            }
        }
        return lost;
    }

    /// The normalization that is the only reader of `node`, if there is one.
    private Optional<String> normBehind(Node node) {
        var readers = model.network().nodes().stream()
                .filter(other -> other.inputs().contains(node.id()))
                .toList();
        return readers.size() == 1 && readers.getFirst().layer() instanceof BatchNorm norm
                ? Optional.of(norm.name())
                : Optional.empty();
    }

    private void add(String name, double[] added, int sign) {
        var before = tensors.get(name);
        var values = new float[added.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) ((before == null ? 0 : before.get(i)) + sign * added[i]);
        }
        tensors.put(name, Tensor.of(values, values.length));
    }

    private Leaf withBias(Leaf layer) {
        return layer instanceof LinearLayer linear && biased.contains(linear.name()) ? linear.withBias() : layer;
    }
}
