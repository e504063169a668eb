package org.mobilenet4j.formats.hdf5;

import java.util.ArrayList;
import java.util.List;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.tensor.Tensor;

/// Reads the dimensions of a data set.
final class Dataspace {
    private static final int MAX_RANK = 8;

    private Dataspace() {}

    /// The dimensions, outermost first; empty for a single value.
    ///
    /// @throws IllegalArgumentException if there are no values, or too many
    static List<Integer> read(Hdf5File file, Cursor cursor) {
        int version = cursor.u8();
        int rank = cursor.u8();
        cursor.skip(1); // whether maximum dimensions follow
        if (version == 1) {
            cursor.skip(5);
        } else if (version != 2 || cursor.u8() == 2) {
            throw new BadValueException("has a data set without values, or of a newer version");
        }
        if (rank > MAX_RANK) {
            throw new BadValueException(
                    "has a data set of " + rank + " dimensions; up to " + MAX_RANK + " are supported");
        }
        var dims = new ArrayList<Integer>();
        for (int i = 0; i < rank; i++) {
            long dim = cursor.number(file.lengthSize());
            if (dim < 1 || dim > Integer.MAX_VALUE) {
                throw new BadValueException("has a data set with a dimension of " + Long.toUnsignedString(dim));
            }
            dims.add((int) dim);
        }
        Tensor.elements(dims); // refuses what is too large
        return dims;
    }
}
