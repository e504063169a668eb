package org.mobilenet4j.benchmarks.peers;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/// oneDNN's primitives one after the other, each reading what the one before it wrote. Each chooses the layouts of its
/// data; images are converted once, values in between only where two primitives disagree.
final class OneDnnChain {
    private final engine processor = new engine(engine.kind.cpu, 0);
    private final stream queue = new stream(processor);
    private final List<Step> steps = new ArrayList<>();

    /// The images, then the output of each step.
    private final List<memory> values = new ArrayList<>();

    /// Buffers for the values in between, used in turn.
    private final List<memory> places = new ArrayList<>();

    private record Step(primitive work, IntMemoryMap arguments) {}

    /// Where all primitives run.
    engine processor() {
        return processor;
    }

    /// Layout and type of the last value.
    memory.desc last() {
        return values.getLast().get_desc();
    }

    /// Appends a primitive.
    ///
    /// @param reads layout of its input, which is converted if the last value has another
    /// @param writes layout of its output
    /// @param arguments everything else it reads
    void append(primitive work, memory.desc reads, memory.desc writes, IntMemoryMap arguments) {
        if (values.isEmpty()) {
            values.add(new memory(reads, processor));
        } else if (last().notEquals(reads)) {
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

    /// Allocates the values and loads the images; to be called once, after all primitives.
    void load(memory images) {
        long largest = values.stream()
                .mapToLong(value -> value.get_desc().get_size())
                .max()
                .orElse(1);
        for (int i = 0; i < 2; i++) {
            places.add(new memory(
                    new memory.desc(new long[] {largest}, memory.data_type.u8, memory.format_tag.x), processor));
        }
        for (int i = 1; i < values.size(); i++) {
            values.get(i).set_data_handle(places.get(i % 2).get_data_handle());
        }
        reorder(images, values.getFirst());
    }

    void run() {
        for (int i = 0; i < steps.size(); i++) {
            var step = steps.get(i);
            step.work.execute(queue, step.arguments);
        }
        queue._wait();
    }

    /// The output of the last run, which must be floats.
    float[] output() {
        var output = new float[(int) (last().get_size() / Float.BYTES)];
        new FloatPointer(values.getLast().get_data_handle()).get(output);
        return output;
    }

    /// New memory with these floats in it.
    memory memory(float[] floats, memory.desc layout) {
        var filled = new memory(layout, processor);
        new FloatPointer(filled.get_data_handle()).put(floats);
        return filled;
    }

    /// New memory with these bytes in it.
    memory memory(byte[] bytes, memory.desc layout) {
        var filled = new memory(layout, processor);
        new BytePointer(filled.get_data_handle()).put(bytes);
        return filled;
    }

    /// A copy in another layout.
    memory reordered(memory from, memory.desc layout) {
        var copy = new memory(layout, processor);
        reorder(from, copy);
        return copy;
    }

    private void reorder(memory from, memory to) {
        new reorder(from, to).execute(queue, from, to);
        queue._wait();
    }
}
