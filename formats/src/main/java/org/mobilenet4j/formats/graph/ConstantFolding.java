package org.mobilenet4j.formats.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.tensor.Tensor;

/// Computes what a graph computes from constants alone: shapes of shapes, weights in another order.
///
/// Files are not trusted: a limit on all results together keeps a small file from filling the memory.
public final class ConstantFolding {
    /// What shapes need; never less is allowed.
    private static final long MIN_VALUES = 1 << 16;

    private static final int MAX_RANK = 8;

    private long valuesLeft;

    /// @param fileBytes size of the file: about as many values may be computed, or enough for shapes
    public ConstantFolding(long fileBytes) {
        this.valuesLeft = Math.max(MIN_VALUES, fileBytes);
    }

    /// The result of an operator on two constants, each broadcast to the other's dimensions.
    ///
    /// @throws IllegalArgumentException if their dimensions do not match
    public Constant apply(Arithmetic operator, Constant a, Constant b) {
        boolean isWhole = a.isWhole() && b.isWhole();
        DoubleBinaryOperator exact = operator::apply;
        return broadcast(a, b, isWhole ? (x, y) -> truncated(exact.applyAsDouble(x, y)) : exact);
    }

    private static double truncated(double value) {
        return value < 0 ? Math.ceil(value) : Math.floor(value);
    }

    private Constant broadcast(Constant a, Constant b, DoubleBinaryOperator operator) {
        int rank = Math.max(a.dims().size(), b.dims().size());
        var dims = new ArrayList<Integer>();
        for (int k = 0; k < rank; k++) {
            int left = dim(a, k - rank);
            int right = dim(b, k - rank);
            if (left != right && left != 1 && right != 1) {
                throw new BadValueException("has constants of " + Tensor.text(a.dims()) + " and "
                        + Tensor.text(b.dims()) + ", which do not match");
            }
            dims.add(left == 1 ? right : left);
        }
        var values = room(dims);
        boolean isWhole = a.isWhole() && b.isWhole();
        for (int i = 0; i < values.length; i++) {
            double value = operator.applyAsDouble(a.get(index(a, dims, i)), b.get(index(b, dims, i)));
            values[i] = isWhole ? value : (float) value;
        }
        return (isWhole ? a : a.isWhole() ? b : a).like(dims, values);
    }

    /// The size of dimension `place`, which counts from the end and is negative.
    private static int dim(Constant constant, int place) {
        int at = constant.dims().size() + place;
        return at < 0 ? 1 : constant.dims().get(at);
    }

    /// Where in `constant`, broadcast to `dims`, the value at `index` lies.
    private static int index(Constant constant, List<Integer> dims, int index) {
        int left = index;
        int at = 0;
        int stride = 1;
        for (int place = -1; place >= -constant.dims().size(); place--) {
            int size = dims.get(dims.size() + place);
            int own = dim(constant, place);
            at += own == 1 ? 0 : left % size * stride;
            stride *= own;
            left /= size;
        }
        return at;
    }

    /// Each value by itself.
    public Constant map(Constant constant, DoubleUnaryOperator operator) {
        var values = room(constant.dims());
        for (int i = 0; i < values.length; i++) {
            double value = operator.applyAsDouble(constant.get(i));
            values[i] = constant.isWhole() ? truncated(value) : (float) value;
        }
        return constant.like(constant.dims(), values);
    }

    /// The same values as integers, cut off, or as floats.
    public Constant cast(Constant constant, boolean toWhole) {
        var values = room(constant.dims());
        for (int i = 0; i < values.length; i++) {
            values[i] = toWhole ? truncated(constant.get(i)) : (float) constant.get(i);
        }
        return toWhole ? Constant.ofWholes(constant.dims(), values) : Constant.ofReals(constant.dims(), values);
    }

    /// The same values in other dimensions, of which one may be -1.
    public Constant reshape(Constant constant, List<Integer> dims) {
        long known = 1;
        for (int dim : dims) {
            known = dim == -1 ? known : Math.min(known * Math.max(dim, 0), Integer.MAX_VALUE);
        }
        var full = new ArrayList<Integer>();
        for (int dim : dims) {
            full.add(dim == -1 && known > 0 ? (int) (constant.size() / known) : dim);
        }
        if (dims.size() > MAX_RANK || full.stream().anyMatch(dim -> dim < 0)) {
            throw new BadValueException("reshapes a constant of " + Tensor.text(constant.dims()) + " to " + dims);
        }
        return constant.like(full, constant.values());
    }

    /// Dimension `k` of the result is dimension `permutation[k]`.
    public Constant transpose(Constant constant, List<Integer> permutation) {
        int rank = constant.dims().size();
        if (permutation.stream().sorted().distinct().count() != rank
                || permutation.stream().anyMatch(axis -> axis < 0 || axis >= rank)) {
            throw new BadValueException(
                    "transposes a constant of " + Tensor.text(constant.dims()) + " by " + permutation);
        }
        var dims = permutation.stream().map(constant.dims()::get).toList();
        var strides = new int[rank];
        for (int k = rank - 1, stride = 1; k >= 0; k--) {
            strides[k] = stride;
            stride *= constant.dims().get(k);
        }
        var values = room(dims);
        for (int i = 0; i < values.length; i++) {
            int left = i;
            int at = 0;
            for (int k = rank - 1; k >= 0; k--) {
                at += left % dims.get(k) * strides[permutation.get(k)];
                left /= dims.get(k);
            }
            values[i] = constant.get(at);
        }
        return constant.like(dims, values);
    }

    /// The parts at `indices` of dimension `axis`, whose dimensions take its place; negative indices count from the
    /// end.
    public Constant gather(Constant constant, Constant indices, int axis) {
        int place = axis(constant, axis);
        int size = constant.dims().get(place);
        int inner = product(constant.dims().subList(place + 1, constant.dims().size()));
        int outer = product(constant.dims().subList(0, place));
        var dims = new ArrayList<>(constant.dims().subList(0, place));
        dims.addAll(indices.dims());
        dims.addAll(constant.dims().subList(place + 1, constant.dims().size()));
        var wanted = indices.wholes();
        var values = room(dims);
        for (int o = 0; o < outer; o++) {
            for (int k = 0; k < wanted.size(); k++) {
                int index = wanted.get(k) < 0 ? wanted.get(k) + size : wanted.get(k);
                if (index < 0 || index >= size) {
                    throw new BadValueException("takes element " + wanted.get(k) + " of " + size);
                }
                for (int i = 0; i < inner; i++) {
                    values[(o * wanted.size() + k) * inner + i] = constant.get((o * size + index) * inner + i);
                }
            }
        }
        return constant.like(dims, values);
    }

    /// The indices `from`, `from + step`, ... before `to` of dimension `axis`, as in Python's slices.
    public Constant slice(Constant constant, int axis, long from, long to, long step) {
        if (step == 0) {
            throw new BadValueException("takes a slice with a step of 0");
        }
        int size = constant.dims().get(axis(constant, axis));
        long low = step > 0 ? 0 : -1;
        long high = step > 0 ? size : size - 1L;
        long first = Math.clamp(from < 0 ? from + size : from, low, high);
        long end = Math.clamp(to < 0 ? to + size : to, low, high);
        var indices = new ArrayList<Integer>();
        for (long at = first; step > 0 ? at < end : at > end; at += step) {
            indices.add((int) at);
        }
        return gather(constant, Constant.ofWholes(indices), axis);
    }

    /// A slice of several dimensions as TensorFlow's `StridedSlice` takes it.
    ///
    /// @param begins bits of the dimensions that begin with the first element, whatever `from` says
    /// @param ends bits of those that end with the last
    /// @param shrinks bits of those of which one element is taken, and that are dropped
    public Constant slice(
            Constant constant,
            List<Integer> from,
            List<Integer> to,
            List<Integer> steps,
            int begins,
            int ends,
            int shrinks) {
        var taken = constant;
        var dropped = new ArrayList<Integer>();
        for (int k = 0; k < from.size(); k++) {
            int size = constant.dims().get(k);
            int step = steps.get(k);
            if ((shrinks >> k & 1) != 0) {
                taken = gather(taken, Constant.ofWholes(List.of(from.get(k))), k);
                dropped.add(k);
            } else {
                long first = (begins >> k & 1) == 0 ? from.get(k) : step > 0 ? 0 : size - 1L;
                long end = (ends >> k & 1) == 0 ? to.get(k) : step > 0 ? size : -size - 1L;
                taken = slice(taken, k, first, end, step);
            }
        }
        return dropped.isEmpty() ? taken : squeeze(taken, dropped);
    }

    /// All of `parts` one after the other along dimension `axis`.
    public Constant concatenate(List<Constant> parts, int axis) {
        if (parts.isEmpty()) {
            throw new BadValueException("joins no constants");
        }
        var first = parts.getFirst();
        int place = axis(first, axis);
        int outer = product(first.dims().subList(0, place));
        long joined = 0;
        for (var part : parts) {
            if (part.dims().size() != first.dims().size() || product(part.dims().subList(0, place)) != outer) {
                throw new BadValueException("joins constants of " + Tensor.text(first.dims()) + " and "
                        + Tensor.text(part.dims()) + ", which do not match");
            }
            joined += part.dims().get(place);
        }
        var dims = new ArrayList<>(first.dims());
        dims.set(place, BadValueException.toInt(joined));
        var values = room(dims);
        int at = 0;
        for (int o = 0; o < outer; o++) {
            for (var part : parts) {
                int run = part.size() / Math.max(outer, 1);
                if (at + run > values.length) {
                    throw new BadValueException("joins constants whose dimensions do not match");
                }
                for (int i = 0; i < run; i++) {
                    values[at++] = part.get(o * run + i);
                }
            }
        }
        return first.like(dims, values);
    }

    /// All of `parts`, which have the same dimensions, along a new dimension `axis`.
    public Constant stack(List<Constant> parts, int axis) {
        return concatenate(
                parts.stream().map(part -> unsqueeze(part, List.of(axis))).toList(), axis);
    }

    /// With new dimensions of 1 at `axes`, which count in the result.
    public Constant unsqueeze(Constant constant, List<Integer> axes) {
        int rank = constant.dims().size() + axes.size();
        var places = axes.stream().map(axis -> axis < 0 ? axis + rank : axis).toList();
        var old = constant.dims().iterator();
        var dims = new ArrayList<Integer>();
        for (int k = 0; k < rank; k++) {
            dims.add(places.contains(k) || !old.hasNext() ? 1 : old.next());
        }
        return reshape(constant, dims);
    }

    /// Without the dimensions of 1 at `axes`, or at all if there are none.
    public Constant squeeze(Constant constant, List<Integer> axes) {
        var places = axes.stream().map(axis -> axis(constant, axis)).toList();
        var dims = new ArrayList<Integer>();
        for (int k = 0; k < constant.dims().size(); k++) {
            boolean isDropped = places.isEmpty() ? constant.dims().get(k) == 1 : places.contains(k);
            if (!isDropped) {
                dims.add(constant.dims().get(k));
            }
        }
        return reshape(constant, dims);
    }

    /// All values along the dimensions `axes`, or all there are, as one, from left to right.
    public Constant reduce(Constant constant, List<Integer> axes, boolean keeps, DoubleBinaryOperator operator) {
        var places = axes.stream().map(axis -> axis(constant, axis)).toList();
        var order = new ArrayList<Integer>();
        var kept = new ArrayList<Integer>();
        var dims = new ArrayList<Integer>();
        for (int k = 0; k < constant.dims().size(); k++) {
            boolean isReduced = places.isEmpty() || places.contains(k);
            if (!isReduced) {
                order.add(k);
            }
            if (!isReduced || keeps) {
                dims.add(isReduced ? 1 : constant.dims().get(k));
            }
        }
        kept.addAll(order);
        for (int k = 0; k < constant.dims().size(); k++) {
            if (!kept.contains(k)) {
                order.add(k);
            }
        }
        var sorted = transpose(constant, order);
        var values = room(dims);
        int run = values.length == 0 ? 0 : sorted.size() / values.length;
        if (run == 0) {
            throw new BadValueException("reduces a constant of " + Tensor.text(constant.dims()));
        }
        for (int i = 0; i < values.length; i++) {
            double value = sorted.get(i * run);
            for (int k = 1; k < run; k++) {
                value = operator.applyAsDouble(value, sorted.get(i * run + k));
                value = constant.isWhole() ? value : (float) value;
            }
            values[i] = value;
        }
        return constant.like(dims, values);
    }

    /// The same value everywhere.
    public Constant fill(List<Integer> dims, Constant value) {
        var values = room(dims);
        Arrays.fill(values, value.get(0));
        return value.like(dims, values);
    }

    private static int axis(Constant constant, int axis) {
        int rank = constant.dims().size();
        int place = axis < 0 ? axis + rank : axis;
        if (place < 0 || place >= rank) {
            throw new BadValueException(
                    "has a constant of " + rank + " dimensions, of which number " + axis + " is meant");
        }
        return place;
    }

    private static int product(List<Integer> dims) {
        return dims.stream().reduce(1, Math::multiplyExact);
    }

    private double[] room(List<Integer> dims) {
        long size = 1;
        for (int dim : dims) {
            size = Math.min(size * Math.max(dim, 0), Integer.MAX_VALUE);
        }
        if (dims.size() > MAX_RANK || size > valuesLeft) {
            throw new BadValueException(
                    "computes constants of more values than its size allows, or of more than 8 dimensions");
        }
        valuesLeft -= size;
        return new double[(int) size];
    }
}
