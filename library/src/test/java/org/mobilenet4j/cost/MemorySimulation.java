package org.mobilenet4j.cost;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.Dropout;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Sigmoid;
import org.mobilenet4j.tensor.Shape;

/// The rules of [ActivationMemory] written a second way: down the tree, handing each layer the buffer it must write to,
/// and noting when every buffer is touched.
final class MemorySimulation {
    private final List<Buffer> buffers = new ArrayList<>();
    private int step;

    private MemorySimulation() {}

    private static final class Buffer {
        final long bytes;
        final List<Integer> touches = new ArrayList<>();

        Buffer(Shape shape) {
            bytes = 4L * shape.elements();
        }

        boolean isLive(int step) {
            return touches.stream().anyMatch(touch -> touch <= step)
                    && touches.stream().anyMatch(touch -> touch >= step);
        }
    }

    static List<Long> liveBytes(Network network) {
        var simulation = new MemorySimulation();
        var image = simulation.allocate(network.input());
        image.touches.add(0);
        simulation.run(network.body(), image, network.input(), false, null);
        var live = new ArrayList<Long>();
        for (int step = 1; step <= simulation.step; step++) {
            int now = step;
            live.add(simulation.buffers.stream()
                    .filter(buffer -> buffer.isLive(now))
                    .mapToLong(buffer -> buffer.bytes)
                    .sum());
        }
        return live;
    }

    private Buffer allocate(Shape shape) {
        var buffer = new Buffer(shape);
        buffers.add(buffer);
        return buffer;
    }

    /// @param free whether nothing else reads `source`, so that it may be overwritten
    /// @param target what the result must be written to, or null for a buffer of its own
    private Buffer run(Layer layer, Buffer source, Shape shape, boolean free, @Nullable Buffer target) {
        var steps = new ArrayList<Layer>();
        flatten(layer, steps);
        int writer = 0; // the last that makes a new buffer
        for (int i = 1; i < steps.size(); i++) {
            writer = isInPlace(steps.get(i)) ? writer : i;
        }
        var buffer = source;
        var now = shape;
        for (int i = 0; i < steps.size(); i++) {
            boolean overwrites = isInPlace(steps.get(i)) && (i > 0 || free);
            if (overwrites) {
                touch(buffer);
            } else {
                buffer = one(steps.get(i), buffer, now, i == writer ? target : null);
            }
            now = steps.get(i).outputShape(now);
        }
        return buffer;
    }

    private Buffer one(Layer layer, Buffer source, Shape shape, @Nullable Buffer target) {
        var output = target == null ? allocate(layer.outputShape(shape)) : target;
        if (layer instanceof Parallel parallel) {
            boolean joined = parallel.join() == Parallel.Join.CONCATENATE;
            var ends = new ArrayList<>(List.of(output));
            for (var branch : parallel.branches()) {
                ends.add(run(branch, source, shape, false, joined ? output : null));
            }
            touch(ends.toArray(Buffer[]::new));
        } else {
            touch(source, output);
        }
        return output;
    }

    private void touch(Buffer... touched) {
        step++;
        for (var buffer : touched) {
            buffer.touches.add(step);
        }
    }

    private static void flatten(Layer layer, List<Layer> steps) {
        if (layer instanceof Sequence sequence) {
            sequence.layers().forEach(inner -> flatten(inner, steps));
        } else {
            steps.add(layer);
        }
    }

    private static boolean isInPlace(Layer layer) {
        return layer instanceof BatchNorm
                || layer instanceof Activation
                || layer instanceof Sigmoid
                || layer instanceof Dropout;
    }
}
