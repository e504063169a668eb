package org.mobilenet4j.formats.graph;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.tensor.Tensor;

/// A constant of another program's graph that is computed with while the graph is read: a shape, an axis, a factor.
///
/// Integers of up to 53 bits and floats are exact.
public final class Constant {
    /// Numbers with a fraction are rounded to floats after each operation, as the program that runs the graph does.
    private final boolean isWhole;

    private final List<Integer> dims;
    private final double[] values;

    private Constant(List<Integer> dims, double[] values, boolean isWhole) {
        if (dims.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact) != values.length) {
            throw new BadValueException(
                    "has a constant of " + Tensor.text(dims) + " with " + values.length + " values");
        }
        this.dims = List.copyOf(dims);
        this.values = values;
        this.isWhole = isWhole;
    }

    /// Integers.
    ///
    /// @param dims outermost first; empty for one number
    public static Constant ofWholes(List<Integer> dims, double... values) {
        return new Constant(dims, values, true);
    }

    /// A list of integers.
    public static Constant ofWholes(List<Integer> values) {
        return ofWholes(
                List.of(values.size()),
                values.stream().mapToDouble(Integer::doubleValue).toArray());
    }

    /// Floats.
    ///
    /// @param dims outermost first; empty for one number
    public static Constant ofReals(List<Integer> dims, double... values) {
        return new Constant(dims, values, false);
    }

    /// The real values of `tensor`.
    public static Constant of(Tensor tensor) {
        var values = new double[tensor.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = tensor.get(i);
        }
        return ofReals(tensor.dims(), values);
    }

    Constant like(List<Integer> newDims, double[] newValues) {
        return new Constant(newDims, newValues, isWhole);
    }

    /// The dimensions, outermost first; empty for one number.
    public List<Integer> dims() {
        return dims;
    }

    /// Whether these are integers.
    public boolean isWhole() {
        return isWhole;
    }

    /// The number of values.
    public int size() {
        return values.length;
    }

    /// The value at `index`, row by row.
    public double get(int index) {
        return values[index];
    }

    /// A copy of all values, row by row.
    public double[] values() {
        return values.clone();
    }

    /// The values as integers.
    ///
    /// @throws IllegalArgumentException if one has a fraction or does not fit
    public List<Integer> wholes() {
        return Arrays.stream(values).mapToObj(Constant::whole).toList();
    }

    private static int whole(double value) {
        if (value != Math.rint(value)) {
            throw new BadValueException("has the constant " + value + " where an integer is needed");
        }
        return BadValueException.toInt((long) value);
    }

    /// The values as a tensor of floats.
    public Tensor floats() {
        var floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return Tensor.of(floats, dims.stream().mapToInt(Integer::intValue).toArray());
    }

    /// One value for each of `channels`, where this is broadcast along the last dimension of a feature map: one number,
    /// or
    /// one for each channel; null if it differs between pixels.
    public double @Nullable [] perChannel(int channels) {
        boolean isRow = dims.stream().limit(Math.max(0, dims.size() - 1)).allMatch(dim -> dim == 1);
        return perChannel(channels, isRow);
    }

    /// The same, where the caller knows whether the only dimension above 1 is the channels.
    public double @Nullable [] perChannel(int channels, boolean isAlongChannels) {
        if (values.length == 1) {
            var same = new double[channels];
            Arrays.fill(same, values[0]);
            return same;
        }
        return isAlongChannels && values.length == channels ? values.clone() : null;
    }
}
