package org.mobilenet4j.formats.tflite.read;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Tells whether a file of TOCO, the converter of TensorFlow 1, has lost its very last bytes.
///
/// TOCO wrote an operator code for each operator first, which puts them at the file's end, and then referred to a few
/// later ones only. A file cut there has lost nothing that is read, but cut it is. Its builder writes a table's layout
/// right in front of the first table that has it, so the table behind the operator codes' layout has to be there.
final class TocoEnd {
    private static final int OPERATOR_CODES = 1;

    private TocoEnd() {}

    /// Whether the table behind the layout of every operator code ends inside `file`, a TFLite file.
    ///
    /// @throws IndexOutOfBoundsException when the operator codes themselves do not lie inside the file
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

    /// Where the layout (vtable: its own size, the table's size, an offset for each field) of the table at `table` is.
    private static int layout(ByteBuffer bytes, int table) {
        return table - bytes.getInt(table);
    }
}
