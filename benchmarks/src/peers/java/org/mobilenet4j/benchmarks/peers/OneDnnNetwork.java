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
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.Shape;

/// A folded MobileNet in floats. Weights are converted once; ReLU6 is fused into the convolution before it.
final class OneDnnNetwork {
    private static final dnnl.prop_kind INFERENCE = dnnl.prop_kind.forward_inference;

    private final OneDnnChain chain = new OneDnnChain();
    private final Weights weights;
    private final int batch;

    private OneDnnNetwork(Weights weights, int batch) {
        this.weights = weights;
        this.batch = batch;
    }

    /// The primitives of `model`, with the images of `workload` loaded.
    static OneDnnChain chain(Model model, Workload workload) {
        var network = new OneDnnNetwork(model.weights(), workload.batch());
        var nodes = model.network().nodes();
        for (int i = 0; i < nodes.size(); i++) {
            boolean clamps = i + 1 < nodes.size() && nodes.get(i + 1).layer() instanceof Activation;
            network.add(nodes.get(i), clamps);
            i += clamps ? 1 : 0;
        }
        var image = model.network().input();
        var given = desc(memory.format_tag.nhwc, workload.batch(), image.channels(), image.height(), image.width());
        network.chain.load(network.chain.memory(workload.channelsLast(image), given));
        return network.chain;
    }

    /// Appends a layer, and the ReLU6 that follows it if one does.
    private void add(Node node, boolean clamps) {
        switch (node.layer()) {
            case Conv conv -> addConv(node, conv.window(), clamps, false);
            case DepthwiseConv conv -> addConv(node, conv.window(), clamps, true);
            case GlobalAveragePool _ -> addPool(node.input(), node.output());
            case Dense _ -> addDense(node);
            case Softmax _ -> addSoftmax();
            default -> throw new IllegalArgumentException(node.name() + " is not a layer of a folded MobileNet");
        }
    }

    private void addConv(Node node, Window window, boolean clamps, boolean depthwise) {
        var in = node.input();
        var out = node.output();
        long[] dims = depthwise
                ? new long[] {out.channels(), 1, 1, window.height(), window.width()}
                : new long[] {out.channels(), in.channels(), window.height(), window.width()};
        var operations = new post_ops();
        if (clamps) {
            operations.append_eltwise(dnnl.algorithm.eltwise_clip, 0, 6);
        }
        var attributes = new primitive_attr();
        attributes.set_post_ops(operations);
        var chosen = new convolution_forward.primitive_desc(
                chain.processor(),
                INFERENCE,
                dnnl.algorithm.convolution_direct,
                map(in),
                desc(memory.format_tag.any, dims),
                desc(memory.format_tag.x, out.channels()),
                map(out),
                new long[] {window.strideRows(), window.strideColumns()},
                new long[] {window.top(in), window.left(in)},
                new long[] {window.bottom(in), window.right(in)},
                attributes,
                false);
        var ours = desc(depthwise ? memory.format_tag.hwigo : memory.format_tag.hwio, dims);
        var arguments = weights(node, ours, chosen.weights_desc());
        chain.append(new convolution_forward(chosen), chosen.src_desc(), chosen.dst_desc(), arguments);
    }

    private void addPool(Shape in, Shape out) {
        var chosen = new pooling_forward.primitive_desc(
                chain.processor(),
                INFERENCE,
                dnnl.algorithm.pooling_avg_exclude_padding,
                chain.last(),
                map(out),
                new long[] {1, 1},
                new long[] {in.height(), in.width()},
                new long[] {0, 0},
                new long[] {0, 0},
                new long[] {0, 0});
        chain.append(new pooling_forward(chosen), chosen.src_desc(), chosen.dst_desc(), new IntMemoryMap());
    }

    private void addDense(Node node) {
        long inputs = node.input().channels();
        long outputs = node.output().channels();
        var chosen = new inner_product_forward.primitive_desc(
                chain.processor(),
                INFERENCE,
                desc(memory.format_tag.any, batch, inputs, 1, 1),
                desc(memory.format_tag.any, outputs, inputs, 1, 1),
                desc(memory.format_tag.x, outputs),
                desc(memory.format_tag.nc, batch, outputs));
        var ours = desc(memory.format_tag.hwio, outputs, inputs, 1, 1);
        var arguments = weights(node, ours, chosen.weights_desc());
        chain.append(new inner_product_forward(chosen), chosen.src_desc(), chosen.dst_desc(), arguments);
    }

    private void addSoftmax() {
        var vectors = chain.last();
        var chosen = new softmax_forward.primitive_desc(
                chain.processor(), INFERENCE, dnnl.algorithm.softmax_accurate, vectors, vectors, 1);
        chain.append(new softmax_forward(chosen), chosen.src_desc(), chosen.dst_desc(), new IntMemoryMap());
    }

    private IntMemoryMap weights(Node node, memory.desc ours, memory.desc wanted) {
        var kernel =
                weights.get(node.name() + "/" + node.parameters().getFirst().name());
        var bias = weights.get(node.name() + "/bias");
        var arguments = new IntMemoryMap();
        arguments.put(dnnl.DNNL_ARG_WEIGHTS, chain.reordered(chain.memory(kernel.toArray(), ours), wanted));
        arguments.put(dnnl.DNNL_ARG_BIAS, chain.memory(bias.toArray(), desc(memory.format_tag.x, bias.size())));
        return arguments;
    }

    private memory.desc map(Shape shape) {
        return desc(memory.format_tag.any, batch, shape.channels(), shape.height(), shape.width());
    }

    private static memory.desc desc(memory.format_tag layout, long... dims) {
        return new memory.desc(dims, memory.data_type.f32, layout);
    }
}
