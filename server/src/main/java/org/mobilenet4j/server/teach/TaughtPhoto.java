package org.mobilenet4j.server.teach;

import org.mobilenet4j.data.Photo;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.image.Image;
import org.mobilenet4j.image.ImageDecoder;

/// A photo as somebody sent it; decoded whenever it is looked at.
final class TaughtPhoto implements Photo {
    private final int id;
    private final byte[] content;

    /// @param content the whole image file, which this object takes over
    TaughtPhoto(int id, byte[] content) {
        this.id = id;
        this.content = content;
    }

    int id() {
        return id;
    }

    int bytes() {
        return content.length;
    }

    String name() {
        return "photo " + id;
    }

    @Override
    public Image decode() throws BadFileException {
        return Thumbnail.of(ImageDecoder.decode(content, name()));
    }

    @Override
    public byte[] content() {
        return content.clone();
    }
}
