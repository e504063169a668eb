package org.mobilenet4j.benchmarks.peers;

import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.inner_product_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.pooling_forward;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.softmax_forward;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.Dropout;
import org.mobilenet4j.arch.Flatten;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.model.ActivationQuantization;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.NetworkQuantization;
import org.mobilenet4j.tensor.Shape;

/// A quantized MobileNet in bytes: signed weights, feature maps of unsigned bytes (after ReLU and ReLU6 no value is
/// negative), images of signed bytes if some value is. All are distances from the zero point, so oneDNN needs none.
///
/// A convolution multiplies each channel's sum by one float, input scale times kernel scale over output scale, adds the
/// bias as a float in steps of the output, rounds halves to even and saturates; all that is fused into it. TFLite's
/// arithmetic is another, so results may differ from it by a step. The values before the softmax and its results stay
/// floats, which spares oneDNN two roundings.
final class OneDnnQuantizedNetwork {
    private static final dnnl.prop_kind INFERENCE = dnnl.prop_kind.forward_inference;
    private static final memory.data_type FLOATS = memory.data_type.f32;
    private static final int SCALES = dnnl.DNNL_ARG_ATTR_SCALES | dnnl.DNNL_ARG_WEIGHTS;

    private final OneDnnChain chain = new OneDnnChain();
    private final Model model;
    private final NetworkQuantization maps;
    private final int batch;

    private OneDnnQuantizedNetwork(Model model, NetworkQuantization maps, int batch) {
        this.model = model;
        this.maps = maps;
        this.batch = batch;
    }

    /// The primitives of `model`, with the images of `workload` loaded.
    static OneDnnChain chain(Model model, NetworkQuantization maps, Workload workload) {
        var network = new OneDnnQuantizedNetwork(model, maps, workload.batch());
        var nodes = model.network().nodes();
        for (int i = 0; i < nodes.size(); i++) {
            var node = nodes.get(i);
            var next = i + 1 < nodes.size() ? nodes.get(i + 1) : null;
            if (next != null && next.layer() instanceof Activation) {
                network.add(node, next, false);
                i++;
            } else {
                network.add(node, node, next == null || next.layer() instanceof Softmax);
            }
        }
        network.load(workload.channelsLast(model.network().input()));
        return network.chain;
    }

    /// Appends a layer.
    ///
    /// @param last the activation fused into it, or the layer itself
    /// @param staysFloat whether its output is not quantized
    private void add(Node node, Node last, boolean staysFloat) {
        switch (node.layer()) {
            case Conv conv -> addConv(node, last, conv.window(), false, staysFloat);
            case DepthwiseConv conv -> addConv(node, last, conv.window(), true, staysFloat);
            case Pool pool when pool.kind() == Pool.Kind.AVERAGE -> addPool(node, pool.window());
            case GlobalAveragePool _ ->
                addPool(node, new Window(node.input().height(), node.input().width(), 1, 1, Padding.VALID));
            case Dense _ -> addDense(node);
            case Softmax _ -> addSoftmax();
            case Flatten _, Dropout _ -> {}
            default -> throw new IllegalArgumentException(node.name() + " is not a layer of a quantized MobileNet");
        }
    }

    /// The images as bytes.
    private void load(float[] images) {
        var map = maps.input();
        var image = model.network().input();
        var type = type(map);
        int low = Math.max(map.low(), Byte.MIN_VALUE);
        int high = Math.min(map.high(), low < 0 ? Byte.MAX_VALUE : 255);
        var bytes = new byte[images.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.clamp(Math.round((double) images[i] / map.scale()), low, high);
        }
        var given = desc(type, memory.format_tag.nhwc, batch, image.channels(), image.height(), image.width());
        chain.load(chain.memory(bytes, given));
    }

    private void addConv(Node node, Node last, Window window, boolean isDepthwise, boolean staysFloat) {
        var in = node.input();
        var out = node.output();
        long[] dims = isDepthwise
                ? new long[] {out.channels(), 1, 1, window.height(), window.width()}
                : new long[] {out.channels(), in.channels(), window.height(), window.width()};
        var from = input(node);
        var to = staysFloat ? null : unsigned(last);
        var attributes = new primitive_attr();
        attributes.set_scales_mask(dnnl.DNNL_ARG_WEIGHTS, isDepthwise ? 0b11 : 0b1);
        if (to != null
                && last.layer() instanceof Activation(var _, var function)
                && function == Activation.Function.RELU6
                && 6 / to.scale() < 254.5) { // else the largest byte clips too
            var operations = new post_ops();
            operations.append_eltwise(dnnl.algorithm.eltwise_clip, 0, Math.round(6 / to.scale()));
            attributes.set_post_ops(operations);
        }
        var chosen = new convolution_forward.primitive_desc(
                chain.processor(),
                INFERENCE,
                dnnl.algorithm.convolution_direct,
                map(type(from), in),
                desc(memory.data_type.s8, memory.format_tag.any, dims),
                desc(FLOATS, memory.format_tag.x, out.channels()),
                map(to == null ? FLOATS : type(to), out),
                new long[] {window.strideRows(), window.strideColumns()},
                new long[] {window.top(in), window.left(in)},
                new long[] {window.bottom(in), window.right(in)},
                attributes,
                false);
        var ours = desc(memory.data_type.s8, isDepthwise ? memory.format_tag.hwigo : memory.format_tag.hwio, dims);
        var arguments = weights(node, from, to, ours, chosen.weights_desc());
        chain.append(new convolution_forward(chosen), chosen.src_desc(), chosen.dst_desc(), arguments);
    }

    private void addPool(Node node, Window window) {
        var in = node.input();
        float ratio = input(node).scale() / unsigned(node).scale();
        var attributes = new primitive_attr();
        if (ratio != 1) {
            var operations = new post_ops();
            operations.append_eltwise(dnnl.algorithm.eltwise_linear, ratio, 0);
            attributes.set_post_ops(operations);
        }
        var chosen = new pooling_forward.primitive_desc(
                chain.processor(),
                INFERENCE,
                dnnl.algorithm.pooling_avg_exclude_padding,
                chain.last(),
                map(memory.data_type.u8, node.output()),
                new long[] {window.strideRows(), window.strideColumns()},
                new long[] {window.height(), window.width()},
                new long[] {0, 0},
                new long[] {window.top(in), window.left(in)},
                new long[] {window.bottom(in), window.right(in)},
                attributes,
                false);
        chain.append(new pooling_forward(chosen), chosen.src_desc(), chosen.dst_desc(), new IntMemoryMap());
    }

    private void addDense(Node node) {
        long inputs = node.input().channels();
        long outputs = node.output().channels();
        var from = input(node);
        var attributes = new primitive_attr();
        attributes.set_scales_mask(dnnl.DNNL_ARG_WEIGHTS, 0b1);
        var chosen = new inner_product_forward.primitive_desc(
                chain.processor(),
                INFERENCE,
                desc(type(from), memory.format_tag.any, batch, inputs, 1, 1),
                desc(memory.data_type.s8, memory.format_tag.any, outputs, inputs, 1, 1),
                desc(FLOATS, memory.format_tag.x, outputs),
                desc(FLOATS, memory.format_tag.nc, batch, outputs),
                attributes,
                false);
        var ours = desc(memory.data_type.s8, memory.format_tag.hwio, outputs, inputs, 1, 1);
        var arguments = weights(node, from, null, ours, chosen.weights_desc());
        chain.append(new inner_product_forward(chosen), chosen.src_desc(), chosen.dst_desc(), arguments);
    }

    private void addSoftmax() {
        var vectors = chain.last();
        var chosen = new softmax_forward.primitive_desc(
                chain.processor(), INFERENCE, dnnl.algorithm.softmax_accurate, vectors, vectors, 1);
        chain.append(new softmax_forward(chosen), chosen.src_desc(), chosen.dst_desc(), new IntMemoryMap());
    }

    /// @param to the output's quantization; null if it stays float
    private IntMemoryMap weights(
            Node node,
            ActivationQuantization from,
            @Nullable ActivationQuantization to,
            memory.desc ours,
            memory.desc wanted) {
        var kernel = SignedKernel.of(
                model.weights()
                        .get(node.name() + "/" + node.parameters().getFirst().name()),
                node.output().channels());
        float step = to == null ? 1 : to.scale();
        var factors = kernel.scales();
        for (int c = 0; c < factors.length; c++) {
            factors[c] *= from.scale() / step;
        }
        var bias = model.weights().get(node.name() + "/bias").toArray();
        for (int c = 0; c < bias.length; c++) {
            bias[c] /= step;
        }
        var vector = desc(FLOATS, memory.format_tag.x, bias.length);
        var arguments = new IntMemoryMap();
        arguments.put(dnnl.DNNL_ARG_WEIGHTS, chain.reordered(chain.memory(kernel.values(), ours), wanted));
        arguments.put(dnnl.DNNL_ARG_BIAS, chain.memory(bias, vector));
        arguments.put(SCALES, chain.memory(factors, vector));
        return arguments;
    }

    private ActivationQuantization input(Node node) {
        return maps.of(model.network(), node.inputs().getFirst());
    }

    /// The quantization of the output of `node`, which must not have negative values.
    private ActivationQuantization unsigned(Node node) {
        var map = maps.of(model.network(), node);
        if (map.low() != 0) {
            throw new IllegalArgumentException(node.name() + " has negative values, which no unsigned byte holds");
        }
        return map;
    }

    private static memory.data_type type(ActivationQuantization map) {
        return map.low() == 0 ? memory.data_type.u8 : memory.data_type.s8;
    }

    private memory.desc map(memory.data_type type, Shape shape) {
        return desc(type, memory.format_tag.any, batch, shape.channels(), shape.height(), shape.width());
    }

    private static memory.desc desc(memory.data_type type, memory.format_tag layout, long... dims) {
        return new memory.desc(dims, type, layout);
    }
}
