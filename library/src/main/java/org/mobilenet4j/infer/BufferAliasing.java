package org.mobilenet4j.infer;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiPredicate;
import org.mobilenet4j.arch.Convolution;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Trait;
import org.mobilenet4j.tensor.Shape;

/// Which values share memory: the branches of a concatenation lie inside its output, and an elementwise operation
/// overwrites an input that nothing else reads. Also determines the zero padding that the readers of each buffer need.
final class BufferAliasing {
    /// The value that contains this one, or -1, and the channel at which it starts there.
    private final int[] parents;

    private final int[] firstChannels;
    private final Layout[] layouts;
    private final int[] readers;

    /// @param values the number of values in the network, including those that were fused away
    /// @param line as in [Layout]
    /// @param fits whether a value may lie unchanged inside the output of a concatenation
    /// @param hasSameZero whether the same stands for zero in a value and the output of an operation, so that both
    ///     can have the same border
    BufferAliasing(
            Shape input,
            int values,
            int line,
            List<FusedOperation> operations,
            BiPredicate<Integer, FusedOperation> fits,
            BiPredicate<Integer, FusedOperation> hasSameZero) {
        parents = new int[values];
        Arrays.fill(parents, -1);
        firstChannels = new int[values];
        layouts = new Layout[values];
        readers = new int[values];
        layouts[Node.INPUT] = Layout.of(input, line);
        for (var operation : operations) {
            layouts[operation.id()] = Layout.of(operation.node().output(), line);
            var depthwise = operation.depthwise();
            if (depthwise != null) {
                layouts[depthwise.id()] = Layout.of(depthwise.node().output(), line);
            }
            operation.inputs().forEach(value -> readers[value]++);
        }
        operations.forEach(operation -> share(operation, fits, hasSameZero));
        operations.forEach(this::widen);
    }

    private void share(
            FusedOperation operation,
            BiPredicate<Integer, FusedOperation> fits,
            BiPredicate<Integer, FusedOperation> hasSameZero) {
        var layer = operation.node().layer();
        if (layer instanceof Parallel parallel && parallel.join() == Parallel.Join.CONCATENATE) {
            int first = 0;
            for (int branch : operation.inputs()) {
                if (branch != Node.INPUT && parents[branch] < 0 && fits.test(branch, operation)) {
                    parents[branch] = operation.id();
                    firstChannels[branch] = first;
                }
                first += layouts[branch].shape().channels();
            }
            return;
        }
        int input = operation.inputs().getFirst();
        if (layer.is(Trait.IN_PLACE) && readers[input] == 1 && hasSameZero.test(input, operation)) {
            parents[operation.id()] = input;
        }
    }

    private void widen(FusedOperation operation) {
        if (operation.first().layer() instanceof Convolution conv) {
            var window = conv.window();
            int input = operation.inputs().getFirst();
            var shape = layouts[input].shape();
            var wanted = new Layout(
                    shape,
                    layouts[input].line(),
                    window.top(shape),
                    window.bottom(shape),
                    window.left(shape),
                    window.right(shape));
            layouts[root(input)] = layouts[root(input)].union(wanted);
        }
    }

    /// The value whose memory `value` shares; `value` itself if it has memory of its own.
    int root(int value) {
        return parents[value] < 0 ? value : root(parents[value]);
    }

    /// The channel of the root's feature map at which `value` starts.
    int firstChannel(int value) {
        return parents[value] < 0 ? 0 : firstChannels[value] + firstChannel(parents[value]);
    }

    /// Whether branch `value` of the concatenation `joined` already lies in its slot, at channel `first`.
    boolean isInPlace(int value, int joined, int first) {
        return parents[value] == joined && firstChannels[value] == first;
    }

    /// The memory layout of a root's feature map.
    Layout layout(int root) {
        return layouts[root];
    }

    /// The number of channels of a value.
    int channels(int value) {
        return layouts[value].shape().channels();
    }

    /// The number of values.
    int values() {
        return parents.length;
    }
}
