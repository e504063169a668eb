package org.mobilenet4j.formats.tflite.read;

import java.util.ArrayList;
import java.util.List;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.Flatten;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Tensor;

/// Reads the operators of a TFLite file that have weights.
final class TfliteLinear {
    private final TfliteGraph graph;

    TfliteLinear(TfliteGraph graph) {
        this.graph = graph;
    }

    void conv(TfliteOperator op) {
        var kernel = kernel(op, 4, 0);
        int filters = kernel.dims().get(0);
        var window = op.window(kernel.dims().get(1), kernel.dims().get(2));
        var input = graph.inputOf(op).shape();
        if (input.channels() % kernel.dims().get(3) != 0) {
            throw op.odd("its kernel of " + Tensor.text(kernel.dims()) + " does not fit its input of " + input);
        }
        int groups = input.channels() / kernel.dims().get(3);
        boolean isVector = input.pixels() == 1 && window.taps() == 1 && groups == 1;
        if (isVector && !graph.isQuantized()) {
            // TF-Slim's classifier is a 1x1 convolution on a 1x1 feature map, which is a dense layer. In integer
            // arithmetic the two differ: TFLite multiplies their scales in different precisions.
            addDense(op, kernel, List.of());
            return;
        }
        boolean isLast = isVector && graph.file().isLastWithWeights(op);
        var name = isLast ? graph.names().first("conv_preds") : graph.names().conv(window.isPointwise());
        addConv(op, name, kernel, new Conv(name, filters, window, groups, op.hasBias()));
    }

    private void addConv(TfliteOperator op, String name, Tensor kernel, Conv conv) {
        graph.kernels().addConv(name, kernel);
        addBias(op, name);
        graph.append(op, graph.activated(op, name, conv));
    }

    void depthwise(TfliteOperator op) {
        var kernel = kernel(op, 4, 3);
        var input = graph.inputOf(op).shape();
        int outputChannels = kernel.dims().get(3);
        if (kernel.dims().get(0) != 1 || outputChannels % input.channels() != 0) {
            throw op.odd("its kernel of " + Tensor.text(kernel.dims()) + " does not fit its input of " + input);
        }
        var window = op.window(kernel.dims().get(1), kernel.dims().get(2));
        var name = graph.names().depthwise();
        graph.kernels().addDepthwise(name, kernel, input.channels());
        addBias(op, name);
        int multiplier = outputChannels / input.channels();
        graph.append(op, graph.activated(op, name, new DepthwiseConv(name, window, multiplier, op.hasBias())));
    }

    void dense(TfliteOperator op) {
        if (!(op.options() instanceof TfliteOptions.Connecting(var _, boolean plain)) || !plain) {
            throw op.odd("its weights are in the shuffled format; only the default format is supported");
        }
        var input = graph.inputOf(op).shape();
        var kernel = kernel(op, 2, 0);
        if (input.pixels() > 1 && kernel.dims().get(1) == input.channels()) {
            denseOverMap(op, kernel);
            return;
        }
        addDense(
                op,
                kernel,
                input.pixels() == 1
                        ? List.of()
                        : List.of(new Flatten(graph.names().first("flatten"))));
    }

    /// A dense layer for each pixel is a convolution of one tap. With integers the two are the same where they multiply
    /// their
    /// scales in the same precision.
    private void denseOverMap(TfliteOperator op, Tensor kernel) {
        var scales = kernel.quantization();
        if (graph.isQuantized()
                && scales.isPresent()
                && scales.get().channels() == 1
                && graph.tensor(op.input(0)).stored().type() == ElementType.INT8) {
            float from = graph.tensor(op.input(0)).stored().scale();
            float own = scales.get().scale(0);
            if (from * own != (double) from * own) {
                throw op.odd("it is a dense layer over a map in integers with one scale, which no convolution rounds"
                        + " alike; convert the model with a scale for each output, or with floats");
            }
        }
        int units = kernel.dims().get(0);
        var dims = List.of(units, 1, 1, kernel.dims().get(1));
        var taps = scales.map(own -> Tensor.of(kernel.bytes(), kernel.type(), dims, own))
                .orElseGet(() -> Tensor.of(kernel.bytes(), kernel.type(), dims));
        var name = graph.names().conv(true);
        addConv(op, name, taps, new Conv(name, units, Window.POINTWISE, 1, op.hasBias()));
    }

    private void addDense(TfliteOperator op, Tensor kernel, List<Layer> before) {
        var name = graph.names().first(graph.file().isLastWithWeights(op) ? "conv_preds" : "dense");
        graph.kernels().addDense(name, kernel);
        addBias(op, name);
        var layers = new ArrayList<>(before);
        layers.addAll(
                List.of(graph.activated(op, name, new Dense(name, kernel.dims().getFirst(), op.hasBias()))));
        graph.append(op, layers.toArray(Layer[]::new));
    }

    private Tensor kernel(TfliteOperator op, int rank, int channelAxis) {
        var kernel = graph.tensor(op.input(1)).weights(channelAxis);
        if (kernel.dims().size() != rank) {
            throw op.odd("its kernel is " + Tensor.text(kernel.dims()) + "; " + rank + " dimensions are needed");
        }
        return kernel;
    }

    private void addBias(TfliteOperator op, String layer) {
        if (op.hasBias()) {
            graph.kernels().addBias(layer, graph.tensor(op.inputs().get(2)).weights(0));
        }
    }
}
