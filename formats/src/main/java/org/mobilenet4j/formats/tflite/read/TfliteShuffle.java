package org.mobilenet4j.formats.tflite.read;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A channel shuffle as three operators: a RESHAPE of the channels into a matrix of groups and members, its TRANSPOSE,
/// and a RESHAPE back.
///
/// @param groups number of groups
/// @param transpose the second operator
/// @param last the third operator
record TfliteShuffle(int groups, TfliteOperator transpose, TfliteOperator last) {
    /// The shuffle that begins with `first`, or null if there is none.
    static @Nullable TfliteShuffle find(TfliteFile file, TfliteOperator first) {
        var transpose = soleReader(file, first.output(), "TRANSPOSE");
        if (transpose == null) {
            return null;
        }
        var last = soleReader(file, transpose.output(), "RESHAPE");
        var matrix = file.tensors().get(first.output()).dims();
        if (last == null
                || matrix.size() != 4
                || !Arrays.equals(file.tensors().get(transpose.input(1)).integers(), new int[] {0, 1, 3, 2})) {
            return null;
        }
        var shape = file.tensors().get(first.input(0)).shape();
        boolean fits = matrix.equals(List.of(1, shape.pixels(), matrix.get(2), matrix.get(3)))
                && (long) matrix.get(2) * matrix.get(3) == shape.channels()
                && file.tensors().get(transpose.output()).dims().equals(turned(matrix))
                && file.tensors().get(last.output()).shape().equals(shape);
        return fits ? new TfliteShuffle(matrix.get(2), transpose, last) : null;
    }

    private static List<Integer> turned(List<Integer> matrix) {
        return List.of(matrix.get(0), matrix.get(1), matrix.get(3), matrix.get(2));
    }

    /// The operator that reads `tensor`, if it is the only one and of kind `kind`; null otherwise.
    private static @Nullable TfliteOperator soleReader(TfliteFile file, int tensor, String kind) {
        var readers = file.readers(tensor);
        boolean isSole = readers.size() == 1 && tensor != file.output();
        return isSole && readers.getFirst().kind().equals(kind) ? readers.getFirst() : null;
    }
}
