package org.mobilenet4j.image;

/// An EXIF orientation: where the stored first row and first column lie in the upright picture. In the order of EXIF's
/// values 1 to 8.
enum Orientation {
    TOP_LEFT(false, false, false),
    TOP_RIGHT(false, false, true),
    BOTTOM_RIGHT(false, true, true),
    BOTTOM_LEFT(false, true, false),
    LEFT_TOP(true, false, false),
    RIGHT_TOP(true, true, false),
    RIGHT_BOTTOM(true, true, true),
    LEFT_BOTTOM(true, false, true);

    private final boolean transposed;
    private final boolean rowsReversed;
    private final boolean columnsReversed;

    /// Stored rows or columns read backwards, then rows exchanged with columns.
    Orientation(boolean transposed, boolean rowsReversed, boolean columnsReversed) {
        this.transposed = transposed;
        this.rowsReversed = rowsReversed;
        this.columnsReversed = columnsReversed;
    }

    /// The orientation of EXIF's `value`; upright for a value that EXIF does not know.
    static Orientation of(int value) {
        return value >= 1 && value <= 8 ? values()[value - 1] : TOP_LEFT;
    }

    boolean isTransposed() {
        return transposed;
    }

    boolean areRowsReversed() {
        return rowsReversed;
    }

    boolean areColumnsReversed() {
        return columnsReversed;
    }

    /// `stored`, turned upright.
    Image upright(Image stored) {
        if (this == TOP_LEFT) {
            return stored;
        }
        int rows = stored.height();
        int columns = stored.width();
        int start = (rowsReversed ? (rows - 1) * columns : 0) + (columnsReversed ? columns - 1 : 0);
        int nextRow = rowsReversed ? -columns : columns;
        int nextColumn = columnsReversed ? -1 : 1;
        return transposed
                ? walk(stored.rgb(), columns, rows, start, nextColumn, nextRow)
                : walk(stored.rgb(), rows, columns, start, nextRow, nextColumn);
    }

    /// The image whose pixel `(y, x)` is pixel `start + y * down + x * right` of `source`.
    private static Image walk(byte[] source, int height, int width, int start, int down, int right) {
        var target = new byte[source.length];
        int at = 0;
        for (int y = 0; y < height; y++) {
            int from = (start + y * down) * 3;
            for (int x = 0; x < width; x++, at += 3, from += right * 3) {
                target[at] = source[from];
                target[at + 1] = source[from + 1];
                target[at + 2] = source[from + 2];
            }
        }
        return new Image(height, width, target);
    }
}
