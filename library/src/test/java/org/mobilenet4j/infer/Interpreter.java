package org.mobilenet4j.infer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
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
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.arch.ZeroPad;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.Shape;

/// Runs a model node by node in double precision, every node as its formula says: nothing fused, nothing shared.
public final class Interpreter {
    /// Where weights come from.
    public interface Parameters {
        /// The values of the tensor called `name`.
        double[] get(String name);
    }

    private final Network network;
    private final Parameters parameters;

    Interpreter(Model model) {
        this(model.network(), values(model.weights()));
    }

    private static Parameters values(Weights weights) {
        var values = new HashMap<String, double[]>();
        weights.tensors().forEach((name, tensor) -> {
            var array = new double[tensor.size()];
            Arrays.setAll(array, tensor::get);
            values.put(name, array);
        });
        return name -> Objects.requireNonNull(values.get(name));
    }

    public Interpreter(Network network, Parameters parameters) {
        this.network = network;
        this.parameters = parameters;
    }

    double[] run(float[] input) {
        var values = new ArrayList<double[]>();
        var first = new double[input.length];
        for (int i = 0; i < input.length; i++) {
            first[i] = input[i];
        }
        values.add(first);
        for (var node : network.nodes()) {
            values.add(run(node, node.inputs().stream().map(values::get).toList()));
        }
        return values.getLast();
    }

    /// One operation on one image.
    public double[] run(Node node, List<double[]> inputs) {
        var in = inputs.getFirst();
        var shape = node.input();
        return switch (node.layer()) {
            case Conv conv -> convolve(node, in, conv.window(), conv.groups());
            case DepthwiseConv conv -> depthwise(node, in, conv);
            case Dense _ -> convolve(node, in, Window.square(1, 1, org.mobilenet4j.arch.Padding.VALID), 1);
            case BatchNorm norm -> {
                var out = new double[in.length];
                var gamma = get(node, "gamma");
                var beta = get(node, "beta");
                var mean = get(node, "moving_mean");
                var variance = get(node, "moving_variance");
                for (int i = 0; i < in.length; i++) {
                    int c = i % shape.channels();
                    out[i] = gamma[c] * (in[i] - mean[c]) / Math.sqrt(variance[c] + norm.epsilon()) + beta[c];
                }
                yield out;
            }
            case Activation activation -> {
                var out = in.clone();
                for (int i = 0; i < out.length; i++) {
                    out[i] = Math.max(out[i], 0);
                    if (activation.function() == Activation.Function.RELU6) {
                        out[i] = Math.min(out[i], 6);
                    }
                }
                yield out;
            }
            case Pool pool -> pool(node, in, pool.window(), pool.kind());
            case GlobalAveragePool _ -> {
                var out = new double[shape.channels()];
                for (int i = 0; i < in.length; i++) {
                    out[i % out.length] += in[i] / shape.pixels();
                }
                yield out;
            }
            case Dropout _ -> in;
            case Requantize _ -> in;
            case BilinearResize resize -> resize(node, in, resize);
            case Flatten _ -> in;
            case Softmax _ -> softmax(in, shape.channels());
            case Sigmoid _ ->
                Arrays.stream(in).map(value -> 1 / (1 + Math.exp(-value))).toArray();
            case Nonlinearity layer -> Arrays.stream(in).map(layer::at).toArray();
            case Prelu _ -> {
                var out = in.clone();
                var alpha = get(node, "alpha");
                for (int i = 0; i < out.length; i++) {
                    out[i] *= out[i] < 0 ? alpha[i % shape.channels()] : 1;
                }
                yield out;
            }
            case LocalResponseNorm norm -> responseNorm(in, shape.channels(), norm);
            case ChannelShuffle shuffle -> {
                var out = new double[in.length];
                int each = shape.channels() / shuffle.groups();
                for (int i = 0; i < in.length; i++) {
                    int c = i % shape.channels();
                    out[i] = in[i - c + c % shuffle.groups() * each + c / shuffle.groups()];
                }
                yield out;
            }
            case ZeroPad pad -> {
                var out = new double[node.output().elements()];
                for (int y = 0; y < shape.height(); y++) {
                    int row = (y + pad.padding().top()) * node.output().width()
                            + pad.padding().left();
                    System.arraycopy(
                            in,
                            y * shape.width() * shape.channels(),
                            out,
                            row * shape.channels(),
                            shape.width() * shape.channels());
                }
                yield out;
            }
            case Parallel parallel -> join(node, inputs, parallel.join());
            case Sequence _ -> throw new IllegalStateException();
        };
    }

    private double[] get(Node node, String name) {
        return parameters.get(node.name() + "/" + name);
    }

    private static double at(double[] in, Shape shape, int y, int x, int c) {
        boolean inside = y >= 0 && y < shape.height() && x >= 0 && x < shape.width();
        return inside ? in[(y * shape.width() + x) * shape.channels() + c] : 0;
    }

    private double[] convolve(Node node, double[] in, Window window, int groups) {
        int outputs = node.output().channels();
        int inputs = node.input().channels() / groups;
        var kernel = get(node, "kernel");
        var bias = node.parameters().size() > 1 ? get(node, "bias") : new double[outputs];
        var out = new double[node.output().elements()];
        for (int i = 0; i < out.length; i++) {
            int o = i % outputs;
            int x = i / outputs % node.output().width();
            int y = i / outputs / node.output().width();
            double sum = bias[o];
            for (int tap = 0; tap < window.taps(); tap++) {
                int row = y * window.strideRows() - window.top(node.input()) + tap / window.width() * window.dilation();
                int column = x * window.strideColumns()
                        - window.left(node.input())
                        + tap % window.width() * window.dilation();
                for (int c = 0; c < inputs; c++) {
                    sum += at(in, node.input(), row, column, o / (outputs / groups) * inputs + c)
                            * kernel[(tap * inputs + c) * outputs + o];
                }
            }
            out[i] = sum;
        }
        return out;
    }

    private double[] depthwise(Node node, double[] in, DepthwiseConv conv) {
        var window = conv.window();
        int outputs = node.output().channels();
        var kernel = get(node, "depthwise_kernel");
        var bias = conv.bias() ? get(node, "bias") : new double[outputs];
        var out = new double[node.output().elements()];
        for (int i = 0; i < out.length; i++) {
            int o = i % outputs;
            int x = i / outputs % node.output().width();
            int y = i / outputs / node.output().width();
            double sum = bias[o];
            for (int tap = 0; tap < window.taps(); tap++) {
                int row = y * window.strideRows() - window.top(node.input()) + tap / window.width() * window.dilation();
                int column = x * window.strideColumns()
                        - window.left(node.input())
                        + tap % window.width() * window.dilation();
                sum += at(in, node.input(), row, column, o / conv.channelMultiplier()) * kernel[tap * outputs + o];
            }
            out[i] = sum;
        }
        return out;
    }

    private static double[] pool(Node node, double[] in, Window window, Pool.Kind kind) {
        int channels = node.output().channels();
        var out = new double[node.output().elements()];
        for (int i = 0; i < out.length; i++) {
            int x = i / channels % node.output().width();
            int y = i / channels / node.output().width();
            double sum = 0;
            double largest = Double.NEGATIVE_INFINITY;
            int count = 0;
            for (int tap = 0; tap < window.taps(); tap++) {
                int row = y * window.strideRows() - window.top(node.input()) + tap / window.width();
                int column = x * window.strideColumns() - window.left(node.input()) + tap % window.width();
                if (row >= 0
                        && row < node.input().height()
                        && column >= 0
                        && column < node.input().width()) {
                    double value = at(in, node.input(), row, column, i % channels);
                    sum += value;
                    largest = Math.max(largest, value);
                    count++;
                }
            }
            out[i] = kind == Pool.Kind.MAX ? largest : sum / count;
        }
        return out;
    }

    private static double[] resize(Node node, double[] in, BilinearResize resize) {
        int channels = node.output().channels();
        var shape = node.input();
        var out = new double[node.output().elements()];
        for (int i = 0; i < out.length; i++) {
            double y = place(i / channels / resize.width(), shape.height(), resize.height(), resize.coordinates());
            double x = place(i / channels % resize.width(), shape.width(), resize.width(), resize.coordinates());
            for (int row = 0; row < shape.height(); row++) {
                for (int column = 0; column < shape.width(); column++) {
                    double near = Math.max(0, 1 - Math.abs(y - row)) * Math.max(0, 1 - Math.abs(x - column));
                    out[i] += near * at(in, shape, row, column, i % channels);
                }
            }
        }
        return out;
    }

    private static double place(int index, double in, double out, BilinearResize.Coordinates coordinates) {
        double place = switch (coordinates) {
            case HALF_PIXEL -> (index + 0.5) * in / out - 0.5;
            case ALIGN_CORNERS -> out == 1 ? 0 : index * (in - 1) / (out - 1);
            case ASYMMETRIC -> index * in / out;
        };
        return Math.clamp(place, 0, in - 1);
    }

    private static double[] softmax(double[] in, int channels) {
        var out = new double[in.length];
        for (int start = 0; start < in.length; start += channels) {
            double sum = 0;
            for (int c = start; c < start + channels; c++) {
                sum += Math.exp(in[c]);
            }
            for (int c = start; c < start + channels; c++) {
                out[c] = Math.exp(in[c]) / sum;
            }
        }
        return out;
    }

    private static double[] responseNorm(double[] in, int channels, LocalResponseNorm norm) {
        var out = new double[in.length];
        for (int i = 0; i < in.length; i++) {
            int c = i % channels;
            double squares = 0;
            for (int j = Math.max(0, c - norm.size() / 2); j <= Math.min(channels - 1, c + norm.size() / 2); j++) {
                squares += in[i - c + j] * in[i - c + j];
            }
            out[i] = in[i] / Math.pow(norm.k() + norm.alpha() / norm.size() * squares, norm.beta());
        }
        return out;
    }

    private static double[] join(Node node, List<double[]> inputs, Parallel.Join join) {
        var out = new double[node.output().elements()];
        int pixels = node.output().pixels();
        int first = 0;
        if (join == Parallel.Join.MULTIPLY) {
            Arrays.fill(out, 1);
        }
        for (var in : inputs) {
            int channels = in.length / pixels;
            for (int i = 0; i < in.length; i++) {
                switch (join) {
                    case CONCATENATE -> out[i / channels * node.output().channels() + first + i % channels] = in[i];
                    case ADD -> out[i] += in[i];
                    case MULTIPLY -> out[i] *= in[i];
                }
            }
            first += channels;
        }
        return out;
    }
}
