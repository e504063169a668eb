package org.mobilenet4j.formats.tflite.write;

import java.util.ArrayList;
import java.util.List;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.tensor.Shape;
import org.tensorflow.lite.schema.BuiltinOperator;

/// Adds operators to a TFLite file that only move values, for layers that need their input in another form. Their
/// output has the type of their input.
final class TfliteMoves {
    private final TfliteTables tables;

    TfliteMoves(TfliteTables tables) {
        this.tables = tables;
    }

    /// `value` with the four dimensions of a feature map.
    TfliteValue toMap(String name, TfliteValue value) {
        if (!value.isVector()) {
            return value;
        }
        int map = reshape(name + "_map", value.tensor(), TfliteValue.map(value.shape()));
        return new TfliteValue(map, value.shape(), false);
    }

    /// `value` as a vector: row by row, pixel by pixel.
    TfliteValue toVector(String name, TfliteValue value) {
        if (value.isVector()) {
            return value;
        }
        var shape = Shape.vector(value.shape().elements());
        return new TfliteValue(reshape(name, value.tensor(), TfliteValue.vector(shape)), shape, true);
    }

    /// The tensor `from` as rows of `width` values.
    int rows(String name, int from, int count, int width) {
        return reshape(name, from, List.of(1, count, width));
    }

    /// The feature map `value` with shuffled channels: the channels as a matrix with a row for each group, transposed.
    TfliteValue shuffle(String name, TfliteValue value, int groups) {
        var shape = value.shape();
        int each = shape.channels() / groups;
        int rows = reshape(name + "_groups", value.tensor(), List.of(1, shape.pixels(), groups, each));
        int columns =
                tables.map(name + "_spread", List.of(1, shape.pixels(), each, groups), tables.stored(value.tensor()));
        int order = integers(name + "/order", List.of(4), 0, 1, 3, 2);
        tables.add(WrittenOperator.plain(BuiltinOperator.TRANSPOSE, columns, rows, order));
        return new TfliteValue(reshape(name, columns, TfliteValue.map(shape)), shape, false);
    }

    /// The feature map `value` with zero padding.
    TfliteValue padWithZeros(String name, TfliteValue value, Padding.Explicit padding) {
        var padded = padded(name, value, padding);
        tables.add(WrittenOperator.plain(BuiltinOperator.PAD, padded.tensor(), value.tensor(), amounts(name, padding)));
        return padded;
    }

    /// The feature map `value`, padded with the lowest value, for max pooling.
    TfliteValue padWithLeast(String name, TfliteValue value, Padding.Explicit padding) {
        var padded = padded(name, value, padding);
        var stored = tables.stored(value.tensor());
        int least = tables.constant(name + "/value", stored, List.of(), stored.least());
        tables.add(WrittenOperator.plain(
                BuiltinOperator.PADV2, padded.tensor(), value.tensor(), amounts(name, padding), least));
        return padded;
    }

    /// A constant of integers: axes, paddings, shapes.
    int integers(String name, List<Integer> dims, int... values) {
        return tables.constant(name, TfliteTensorType.INTEGERS, dims, TfliteBuffer.of(values));
    }

    private TfliteValue padded(String name, TfliteValue value, Padding.Explicit padding) {
        var shape = new Shape(
                value.shape().height() + padding.top() + padding.bottom(),
                value.shape().width() + padding.left() + padding.right(),
                value.shape().channels());
        return new TfliteValue(tables.map(name, TfliteValue.map(shape), tables.stored(value.tensor())), shape, false);
    }

    private int amounts(String name, Padding.Explicit padding) {
        return integers(
                name + "/paddings",
                List.of(4, 2),
                0,
                0,
                padding.top(),
                padding.bottom(),
                padding.left(),
                padding.right(),
                0,
                0);
    }

    private int reshape(String name, int from, List<Integer> dims) {
        // The first dimension is inferred, so that the file can also be run with batches.
        var target = new ArrayList<>(dims);
        target.set(0, -1);
        int shape = integers(
                name + "/shape",
                List.of(dims.size()),
                target.stream().mapToInt(Integer::intValue).toArray());
        int output = tables.map(name, dims, tables.stored(from));
        return tables.add(WrittenOperator.plain(BuiltinOperator.RESHAPE, output, from, shape));
    }
}
