package org.mobilenet4j.infer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.kernel.Kernel;
import org.mobilenet4j.kernel.layout.Plane;
import org.mobilenet4j.kernel.plain.ZeroPadding;
import org.mobilenet4j.tensor.Shape;

/// Assigns every feature map its places in one memory, so that feature maps with disjoint lifetimes share memory.
///
/// Greedy by size (Pisarchyk and Lee, arXiv 2001.03288): the largest feature map first, each at the lowest offset
/// that is free throughout its lifetime.
final class MemoryPlan {
    /// The lifetime of a feature map: from step `from` to step `to`, both inclusive.
    private record Life(int root, int from, int to, long size) {
        boolean overlaps(Life other) {
            return from <= other.to && other.from <= to;
        }
    }

    private final BufferAliasing storage;
    private final IntUnaryOperator zeroPoints;
    private final int[] starts;
    private final @Nullable Life[] lives;
    private final int size;

    /// @param zeroPoints for each value the byte that stands for zero in it; 0 if places are no bytes
    /// @throws IllegalArgumentException if the feature maps need more than one array can hold
    MemoryPlan(BufferAliasing storage, List<FusedOperation> operations, IntUnaryOperator zeroPoints) {
        this.storage = storage;
        this.zeroPoints = zeroPoints;
        this.starts = new int[storage.values()];
        this.lives = new @Nullable Life[storage.values()];
        live(Node.INPUT, 0);
        for (int step = 0; step < operations.size(); step++) {
            live(operations.get(step).id(), step);
            var depthwise = operations.get(step).depthwise();
            if (depthwise != null) {
                live(depthwise.id(), step);
            }
            for (int input : operations.get(step).inputs()) {
                live(input, step);
            }
        }
        if (!operations.isEmpty()) { // the output is read after the last step
            live(operations.getLast().id(), operations.size());
        }
        long end = Kernel.LEAD;
        var placed = new ArrayList<Life>();
        for (var life : Arrays.stream(lives)
                .filter(Objects::nonNull)
                .sorted(Comparator.comparingLong(Life::size).reversed().thenComparingInt(Life::root))
                .toList()) {
            long start = place(life, placed);
            starts[life.root()] = (int) Math.min(start, Integer.MAX_VALUE);
            placed.add(life);
            placed.sort(Comparator.comparingInt(l -> starts[l.root()]));
            end = Math.max(end, start + life.size());
        }
        if (end + Kernel.SLACK > Shape.MAX_ELEMENTS) {
            throw new BadValueException("the network's feature maps need " + end * Float.BYTES
                    + " bytes at once, more than the limit of " + Shape.MAX_ELEMENTS * Float.BYTES
                    + "; take a smaller input");
        }
        this.size = (int) end;
    }

    private void live(int value, int step) {
        int root = storage.root(value);
        var life = lives[root];
        lives[root] = life == null
                ? new Life(root, step, step, storage.layout(root).size())
                : new Life(root, life.from, step, life.size);
    }

    /// The lowest gap among `placed`, which is sorted by offset.
    private long place(Life life, List<Life> placed) {
        long start = Kernel.LEAD;
        for (var other : placed) {
            if (!other.overlaps(life)) {
                continue;
            }
            int otherStart = starts[other.root()];
            if (start + life.size() <= otherStart) {
                break;
            }
            start = Math.max(start, otherStart + other.size());
        }
        return start;
    }

    /// The peak memory of all feature maps, in places.
    int size() {
        return size;
    }

    /// Number of places of a memory for all feature maps.
    int places() {
        return size + Kernel.SLACK;
    }

    /// Where `value` lies; inside another feature map, only its own channels may be written.
    Plane plane(int value, int channels) {
        int root = storage.root(value);
        var whole = storage.layout(root).at(starts[root]);
        return whole.shape().channels() == channels ? whole : whole.slice(storage.firstChannel(value), channels);
    }

    /// The kernel that writes the zero padding around `value`, if its readers need any.
    List<ZeroPadding> borders(int value) {
        int root = storage.root(value);
        var layout = storage.layout(root);
        return layout.hasBorder() ? List.of(layout.border(starts[root], zeroPoints.applyAsInt(value))) : List.of();
    }

    /// The kernel that writes the zero padding of `value` when its memory comes into use with `step`; the input's
    /// is written when an image is loaded.
    List<ZeroPadding> bordersFrom(int value, int step) {
        int root = storage.root(value);
        var life = lives[root];
        boolean starts = life != null && life.from() == step && root != storage.root(Node.INPUT);
        return starts ? borders(value) : List.of();
    }
}
