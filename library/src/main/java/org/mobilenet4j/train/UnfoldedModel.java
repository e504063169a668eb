package org.mobilenet4j.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Convolution;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Leaf;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.data.batch.Batches;
import org.mobilenet4j.infer.LayerOutputs;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.Tensor;

/// Gives a network the batch normalizations back that were folded into its convolutions, as TFLite files have them:
/// without them nothing holds the scale of feature maps in training, and rates that are small enough learn little.
///
/// The outputs stay the same up to rounding. What a normalization's statistics were is not known any more: they are
/// measured on photos, and its gamma and beta undo them. Filters get the same norm, as it decides how fast they turn.
public final class UnfoldedModel {
    /// The squared norm of each filter.
    private static final double NORM = 2;

    /// Squared norms below this one are those of channels that died in training; they keep their scale.
    private static final double DEAD = 1e-12;

    private final Model from;
    private final Map<String, Statistics> statistics = new HashMap<>();
    private final Map<String, Tensor> tensors;

    private UnfoldedModel(Model from) {
        this.from = from;
        this.tensors = new HashMap<>(from.weights().tensors());
    }

    /// Whether `model` has floats and depthwise convolutions, which are not trained without batch normalization, and no
    /// normalization.
    public static boolean isPossible(Model model) {
        var nodes = model.network().nodes();
        return model.quantization().isEmpty()
                && nodes.stream().anyMatch(node -> node.layer() instanceof DepthwiseConv)
                && nodes.stream().noneMatch(node -> node.layer() instanceof BatchNorm);
    }

    /// `model` with batch normalizations after all convolutions with a bias, but for its last layer with weights.
    ///
    /// @param photos for the statistics, preprocessed for the model; those that cannot be read are left out
    /// @param most how many batches of them are used
    /// @throws IOException if the data cannot be read
    public static Model of(Model model, Batches photos, int most) throws IOException {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(photos, "photos");
        var unfolded = new UnfoldedModel(model);
        unfolded.measure(photos, most);
        var own = model.network();
        var network = new Network(own.name(), own.input(), unfolded.changed(own.body()));
        return new Model(
                network,
                new Weights(unfolded.tensors).only(network),
                model.labels(),
                model.preprocessing(),
                model.notes());
    }

    private void measure(Batches photos, int most) throws IOException {
        var isBody = Transfer.isBody(from.network());
        var outputs = LayerOutputs.of(from);
        int length = from.network().input().elements();
        photos.start(0);
        var next = photos.next();
        for (int i = 0; i < most && next.isPresent(); i++) {
            var images = next.get().images();
            for (int k = 0; k < next.get().count(); k++) {
                outputs.run(Arrays.copyOfRange(images, k * length, (k + 1) * length), (node, map) -> {
                    if (hasBias(node.layer()) && isBody.test(node.name())) {
                        add(node, map);
                    }
                });
            }
            next = photos.next();
        }
    }

    private void add(Node node, float[] map) {
        statistics
                .computeIfAbsent(node.name(), _ -> new Statistics(node.output().channels()))
                .add(map);
    }

    private static boolean hasBias(Layer layer) {
        return layer instanceof Convolution conv && conv.bias();
    }

    private Layer changed(Layer layer) {
        if (!(layer instanceof Leaf)) {
            return layer.mapInner(this::changed);
        }
        var measured = layer instanceof Convolution conv ? statistics.get(conv.name()) : null;
        if (measured == null) {
            return layer;
        }
        var plain = switch ((Convolution) layer) {
            case Conv conv -> new Conv(conv.name(), conv.filters(), conv.window(), conv.groups(), false);
            case DepthwiseConv conv -> new DepthwiseConv(conv.name(), conv.window(), conv.channelMultiplier(), false);
        };
        var norm = new BatchNorm(plain.name() + "_bn");
        unfold(plain, norm, measured);
        return new Sequence("", new ArrayList<>(List.of(plain, norm)));
    }

    private void unfold(Convolution conv, BatchNorm norm, Statistics measured) {
        var name = conv.name() + "/" + conv.kernelName();
        var kernel = from.weights().get(name);
        var values = kernel.toArray();
        var bias = from.weights().get(conv.name() + "/bias");
        int channels = bias.size();
        var gamma = new float[channels];
        var beta = new float[channels];
        var mean = new float[channels];
        var variance = new float[channels];
        for (int c = 0; c < channels; c++) {
            double scale = scale(values, c, channels);
            for (int i = c; i < values.length; i += channels) {
                values[i] = (float) (values[i] * scale);
            }
            double spread = scale * scale * measured.variance(c);
            mean[c] = (float) (scale * (measured.mean(c) - bias.get(c)));
            variance[c] = (float) spread;
            gamma[c] = (float) (Math.sqrt(spread + norm.epsilon()) / scale);
            beta[c] = (float) measured.mean(c);
        }
        tensors.put(
                name,
                Tensor.of(
                        values,
                        kernel.dims().stream().mapToInt(Integer::intValue).toArray()));
        put(norm, "gamma", gamma);
        put(norm, "beta", beta);
        put(norm, "moving_mean", mean);
        put(norm, "moving_variance", variance);
    }

    private static double scale(float[] kernel, int channel, int channels) {
        double squares = 0;
        for (int i = channel; i < kernel.length; i += channels) {
            squares += (double) kernel[i] * kernel[i];
        }
        return squares < DEAD ? 1 : Math.sqrt(NORM / squares);
    }

    private void put(BatchNorm norm, String parameter, float[] values) {
        tensors.put(norm.name() + "/" + parameter, Tensor.of(values, values.length));
    }

    /// The mean and the variance of each channel.
    private static final class Statistics {
        private final double[] sums;
        private final double[] squares;
        private long pixels;

        Statistics(int channels) {
            this.sums = new double[channels];
            this.squares = new double[channels];
        }

        void add(float[] map) {
            for (int i = 0; i < map.length; i += sums.length) {
                for (int c = 0; c < sums.length; c++) {
                    sums[c] += map[i + c];
                    squares[c] += (double) map[i + c] * map[i + c];
                }
            }
            pixels += map.length / sums.length;
        }

        double mean(int channel) {
            return sums[channel] / pixels;
        }

        double variance(int channel) {
            return Math.max(0, squares[channel] / pixels - mean(channel) * mean(channel));
        }
    }
}
