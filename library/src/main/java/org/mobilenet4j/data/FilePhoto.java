package org.mobilenet4j.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.mobilenet4j.image.Image;
import org.mobilenet4j.image.ImageDecoder;

/// A photo in a file of its own.
///
/// @param file its path
public record FilePhoto(Path file) implements Photo {
    public FilePhoto {
        Objects.requireNonNull(file, "file");
    }

    @Override
    public Image decode() throws IOException {
        return ImageDecoder.decode(file);
    }

    @Override
    public byte[] content() throws IOException {
        return Files.isRegularFile(file) ? Files.readAllBytes(file) : new byte[0];
    }
}
