package org.mobilenet4j.formats.tflite.read;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Detects whether a file from TOCO, TensorFlow 1's converter, has lost its last bytes.
///
/// TOCO wrote an operator code for each operator first, which puts them at the end of the file, and then referred only
/// to a few later ones. A file that was truncated there lacks nothing that is read, but it is truncated all the same.
/// The builder writes a table's layout right before the first table that uses it, so the table after the operator
/// codes' layout must exist.
final class TocoEnd {
    private static final int OPERATOR_CODES = 1;

    private TocoEnd() {}

    /// Whether the table after the layout of every operator code ends inside `file`, a TFLite file.
    ///
    /// @throws IndexOutOfBoundsException if the operator codes themselves do not lie inside the file
    static boolean isThere(ByteBuffer file) {
        var bytes = file.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        int model = bytes.getInt(0);
        int field = model + bytes.getShort(layout(bytes, model) + 4 + 2 * OPERATOR_CODES);
        int codes = field + bytes.getInt(field);
        for (int i = 1; i <= bytes.getInt(codes); i++) {
            int layout = layout(bytes, codes + 4 * i + bytes.getInt(codes + 4 * i));
            if (layout + bytes.getShort(layout) + bytes.getShort(layout + 2) > bytes.limit()) {
                return false;
            }
        }
        return true;
    }

    /// The position of the layout (vtable: its own size, the table's size, an offset for each field) of the table at
    /// `table`.
    private static int layout(ByteBuffer bytes, int table) {
        return table - bytes.getInt(table);
    }
}
