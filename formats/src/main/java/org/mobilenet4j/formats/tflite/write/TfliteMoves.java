package org.mobilenet4j.formats.tflite.write;

import java.util.ArrayList;
import java.util.List;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.tensor.Shape;
import org.tensorflow.lite.schema.BuiltinOperator;

/// Adds operators to a TFLite file that only move values: what a layer needs where it wants its input in another form.
/// What they make is stored as what they take.
final class TfliteMoves {
    private final TfliteTables tables;

    TfliteMoves(TfliteTables tables) {
        this.tables = tables;
    }

    /// `value` with the four dimensions of a map.
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

    /// The map `value` with each group's channels spread over all groups: channels as a matrix with a row for each
    /// group, and that transposed.
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

    /// The map `value` with zeros around it.
    TfliteValue padWithZeros(String name, TfliteValue value, Padding.Explicit padding) {
        var padded = padded(name, value, padding);
        tables.add(WrittenOperator.plain(BuiltinOperator.PAD, padded.tensor(), value.tensor(), amounts(name, padding)));
        return padded;
    }

    /// The map `value` with something around it that is never the largest.
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
        // Whatever is left for the first dimension, so that the file can be run with batches too.
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
