package org.mobilenet4j.benchmarks.peers;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.inner_product_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.pooling_forward;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.softmax_forward;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
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
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.arch.Requantize;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Sigmoid;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.arch.ZeroPad;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.Shape;

/// A folded MobileNet built from oneDNN primitives. Each primitive chooses the layouts of its data; weights and
/// images are converted once, activations only where two primitives disagree. ReLU6 is fused into the convolution
/// before it.
final class OneDnnNetwork {
    private static final dnnl.prop_kind INFERENCE = dnnl.prop_kind.forward_inference;

    private final engine processor = new engine(engine.kind.cpu, 0);
    private final stream queue = new stream(processor);
    private final Weights weights;
    private final int batch;
    private final List<Step> steps = new ArrayList<>();

    /// The images, then the output of each step.
    private final List<memory> values = new ArrayList<>();

    /// Buffers for the values in between, used in turn.
    private final List<memory> places = new ArrayList<>();

    private record Step(primitive work, IntMemoryMap arguments) {}

    OneDnnNetwork(Weights weights, int batch) {
        this.weights = weights;
        this.batch = batch;
    }

    /// Appends a layer, and the ReLU6 that follows it if one does.
    void add(Node node, boolean clamps) {
        switch (node.layer()) {
            case Conv conv -> addConv(node, conv.window(), clamps, false);
            case DepthwiseConv conv -> addConv(node, conv.window(), clamps, true);
            case GlobalAveragePool _ -> addPool(node.input(), node.output());
            case Dense _ -> addDense(node);
            case Softmax _ -> addSoftmax(node.output().channels());
            case BatchNorm _,
                    Activation _,
                    Pool _,
                    Flatten _,
                    Dropout _,
                    Sigmoid _,
                    LocalResponseNorm _,
                    ChannelShuffle _,
                    ZeroPad _,
                    BilinearResize _,
                    Requantize _,
                    Sequence _,
                    Parallel _ ->
                throw new IllegalArgumentException(node.name() + " is not a layer of a folded MobileNet");
        }
    }

    /// Allocates the values and loads the images, dense NHWC.
    void load(float[] images, Shape shape) {
        long largest = values.stream()
                .mapToLong(value -> value.get_desc().get_size())
                .max()
                .orElse(1);
        for (int i = 0; i < 2; i++) {
            places.add(new memory(desc(memory.format_tag.x, largest / Float.BYTES), processor));
        }
        for (int i = 1; i < values.size(); i++) {
            values.get(i).set_data_handle(places.get(i % 2).get_data_handle());
        }
        var given = desc(memory.format_tag.nhwc, batch, shape.channels(), shape.height(), shape.width());
        reorder(memory(images, given), values.getFirst());
    }

    void run() {
        for (int i = 0; i < steps.size(); i++) {
            var step = steps.get(i);
            step.work.execute(queue, step.arguments);
        }
        queue._wait();
    }

    /// The output of the last run.
    float[] output() {
        var last = values.getLast();
        var output = new float[(int) (last.get_desc().get_size() / Float.BYTES)];
        new FloatPointer(last.get_data_handle()).get(output);
        return output;
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
                processor,
                INFERENCE,
                dnnl.algorithm.convolution_direct,
                map(in),
                desc(memory.format_tag.any, dims),
                desc(memory.format_tag.x, out.channels()),
                map(out),
                new long[] {window.stride(), window.stride()},
                new long[] {window.top(in), window.left(in)},
                new long[] {window.bottom(in), window.right(in)},
                attributes,
                false);
        var ours = desc(depthwise ? memory.format_tag.hwigo : memory.format_tag.hwio, dims);
        var arguments = weights(node, ours, chosen.weights_desc());
        append(new convolution_forward(chosen), chosen.src_desc(), chosen.dst_desc(), arguments);
    }

    private void addPool(Shape in, Shape out) {
        var chosen = new pooling_forward.primitive_desc(
                processor,
                INFERENCE,
                dnnl.algorithm.pooling_avg_exclude_padding,
                values.getLast().get_desc(),
                map(out),
                new long[] {1, 1},
                new long[] {in.height(), in.width()},
                new long[] {0, 0},
                new long[] {0, 0},
                new long[] {0, 0});
        append(new pooling_forward(chosen), chosen.src_desc(), chosen.dst_desc(), new IntMemoryMap());
    }

    private void addDense(Node node) {
        long inputs = node.input().channels();
        long outputs = node.output().channels();
        var chosen = new inner_product_forward.primitive_desc(
                processor,
                INFERENCE,
                desc(memory.format_tag.any, batch, inputs, 1, 1),
                desc(memory.format_tag.any, outputs, inputs, 1, 1),
                desc(memory.format_tag.x, outputs),
                desc(memory.format_tag.nc, batch, outputs));
        var ours = desc(memory.format_tag.hwio, outputs, inputs, 1, 1);
        var arguments = weights(node, ours, chosen.weights_desc());
        append(new inner_product_forward(chosen), chosen.src_desc(), chosen.dst_desc(), arguments);
    }

    private void addSoftmax(long classes) {
        var vector = desc(memory.format_tag.nc, batch, classes);
        var chosen = new softmax_forward.primitive_desc(
                processor, INFERENCE, dnnl.algorithm.softmax_accurate, vector, vector, 1);
        append(new softmax_forward(chosen), chosen.src_desc(), chosen.dst_desc(), new IntMemoryMap());
    }

    private void append(primitive work, memory.desc reads, memory.desc writes, IntMemoryMap arguments) {
        if (values.isEmpty()) {
            values.add(new memory(reads, processor));
        } else if (values.getLast().get_desc().notEquals(reads)) {
            var from = values.getLast();
            var to = unplaced(reads);
            step(new reorder(from, to), from, to, new IntMemoryMap());
        }
        step(work, values.getLast(), unplaced(writes), arguments);
    }

    private void step(primitive work, memory from, memory to, IntMemoryMap arguments) {
        arguments.put(dnnl.DNNL_ARG_SRC, from);
        arguments.put(dnnl.DNNL_ARG_DST, to);
        steps.add(new Step(work, arguments));
        values.add(to);
    }

    private memory unplaced(memory.desc layout) {
        return new memory(layout, processor, (Pointer) null);
    }

    private IntMemoryMap weights(Node node, memory.desc ours, memory.desc wanted) {
        var parameters = node.parameters();
        var kernel = weights.get(node.name() + "/" + parameters.getFirst().name());
        var bias = weights.get(node.name() + "/bias");
        var packed = new memory(wanted, processor);
        reorder(memory(kernel.toArray(), ours), packed);
        var arguments = new IntMemoryMap();
        arguments.put(dnnl.DNNL_ARG_WEIGHTS, packed);
        arguments.put(dnnl.DNNL_ARG_BIAS, memory(bias.toArray(), desc(memory.format_tag.x, bias.size())));
        return arguments;
    }

    private void reorder(memory from, memory to) {
        new reorder(from, to).execute(queue, from, to);
        queue._wait();
    }

    private memory memory(float[] floats, memory.desc layout) {
        var filled = new memory(layout, processor);
        new FloatPointer(filled.get_data_handle()).put(floats);
        return filled;
    }

    private memory.desc map(Shape shape) {
        return desc(memory.format_tag.any, batch, shape.channels(), shape.height(), shape.width());
    }

    private static memory.desc desc(memory.format_tag layout, long... dims) {
        return new memory.desc(dims, memory.data_type.f32, layout);
    }
}
