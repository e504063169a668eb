package org.mobilenet4j.image;

import java.nio.file.Path;
import java.util.Objects;
import org.mobilenet4j.error.BadFileException;

/// The size of a photo, and how its pixels are stored: turned or mirrored, as EXIF says.
public final class ImageSize {
    private final int storedHeight;
    private final int storedWidth;
    private final Orientation orientation;

    ImageSize(int storedHeight, int storedWidth, Orientation orientation) {
        this.storedHeight = storedHeight;
        this.storedWidth = storedWidth;
        this.orientation = orientation;
    }

    /// The size of the photo in `file`, of which no pixel is decoded. Of a JPEG or PNG, only the header is read:
    /// whether its pixels are whole shows when it is decoded.
    ///
    /// @throws BadFileException when it is not there, damaged, too long or not a photo
    public static ImageSize of(Path file) throws BadFileException {
        Objects.requireNonNull(file, "file");
        var header = ImageHeader.read(file);
        return header.isPresent() ? header.get() : ImageDecoder.size(file);
    }

    /// Rows of the upright photo.
    public int height() {
        return orientation.isTransposed() ? storedWidth : storedHeight;
    }

    /// Columns of the upright photo.
    public int width() {
        return orientation.isTransposed() ? storedHeight : storedWidth;
    }

    /// Whether the upright photo is not what is stored.
    public boolean isTurned() {
        return orientation != Orientation.TOP_LEFT;
    }

    /// Whether what is stored has rows where the upright photo has columns.
    public boolean isTransposed() {
        return orientation.isTransposed();
    }

    /// The row of the upright photo where a point of the stored one lies; both count from the upper left corner.
    public float uprightY(float storedY, float storedX) {
        return orientation.isTransposed() ? column(storedX) : row(storedY);
    }

    /// The column of the upright photo where a point of the stored one lies; both count from the upper left corner.
    public float uprightX(float storedY, float storedX) {
        return orientation.isTransposed() ? row(storedY) : column(storedX);
    }

    private float row(float y) {
        return orientation.areRowsReversed() ? storedHeight - y : y;
    }

    private float column(float x) {
        return orientation.areColumnsReversed() ? storedWidth - x : x;
    }

    /// Such as `640x480`: width and height of the upright photo.
    @Override
    public String toString() {
        return width() + "x" + height();
    }
}
