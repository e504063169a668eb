package org.mobilenet4j.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.error.BadValueException;

/// Reads photos: JPEG (gray, YCbCr, RGB, CMYK, YCCK; turned upright by EXIF), PNG, WebP, BMP and a GIF's first frame.
/// Formats are recognized by their first bytes, never by file names.
///
/// Transparent images are composed over white. Color profiles and gamma are ignored, as in the programs that networks
/// were trained with.
public final class ImageDecoder {
    private ImageDecoder() {}

    /// Decodes a file within [DecodeLimits#DEFAULT].
    ///
    /// @throws BadFileException when it is not there, cut short, damaged, too large or not a photo
    public static Image decode(Path file) throws BadFileException {
        Objects.requireNonNull(file, "file");
        return decode(file, DecodeLimits.DEFAULT);
    }

    /// Decodes a file.
    ///
    /// @throws BadFileException when it is not there, cut short, damaged, above `limits` or not a photo
    public static Image decode(Path file, DecodeLimits limits) throws BadFileException {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(limits, "limits");
        return decode(read(file, limits), file.toString(), limits);
    }

    /// Decodes a file that `stream` delivers to its end, within [DecodeLimits#DEFAULT]. The stream is not closed.
    ///
    /// @param name what messages call it
    /// @throws BadFileException when it is cut short, damaged, too large or not a photo
    /// @throws IOException when the stream cannot be read
    public static Image decode(InputStream stream, String name) throws IOException {
        byte[] bytes;
        try {
            bytes = stream.readNBytes((int) DecodeLimits.DEFAULT.maxFileBytes() + 1);
        } catch (IOException problem) { // which may have no message, as that of a closed channel
            throw new BadFileException(
                    name, "cannot be read (" + problem + "); give an open stream of a photo", problem);
        }
        return decode(bytes, name);
    }

    /// Decodes a file's bytes within [DecodeLimits#DEFAULT].
    ///
    /// @param name what messages call it
    /// @throws BadFileException when they are cut short, damaged, too large or not a photo
    public static Image decode(byte[] bytes, String name) throws BadFileException {
        return decode(bytes, name, DecodeLimits.DEFAULT);
    }

    /// Decodes a file's bytes.
    ///
    /// @param name what messages call it
    /// @throws BadFileException when they are cut short, damaged, above `limits` or not a photo
    public static Image decode(byte[] bytes, String name, DecodeLimits limits) throws BadFileException {
        try {
            if (bytes.length > limits.maxFileBytes()) {
                throw tooLong(limits);
            }
            var encoded = open(bytes);
            limits.check(encoded, bytes.length);
            return encoded.orientation().upright(encoded.pixels().decode());
        } catch (BadValueException problem) {
            throw new BadFileException(name, problem.getMessage(), problem);
        } catch (IOException damage) {
            throw new BadFileException(name, "is a damaged image" + reason(damage) + "; get it again", damage);
        } catch (OutOfMemoryError error) {
            // Decoding asks for a few large arrays, so the heap is as usable as before.
            throw new BadFileException(
                    name, "does not fit into this JVM's memory; scale it down, or raise -Xmx", error);
        }
    }

    /// Whether `bytes` begin as a file of one of the formats does; the rest may be damaged all the same.
    public static boolean isImage(byte[] bytes) {
        return Format.of(ByteBuffer.wrap(Objects.requireNonNull(bytes, "bytes"))) != Format.UNKNOWN;
    }

    /// The size of the photo in `file`, which is read whole, but not decoded.
    static ImageSize size(Path file) throws BadFileException {
        var bytes = read(file, DecodeLimits.DEFAULT);
        try {
            var encoded = open(bytes);
            return new ImageSize(encoded.height(), encoded.width(), encoded.orientation());
        } catch (BadValueException problem) {
            throw new BadFileException(file, problem);
        }
    }

    private static EncodedImage open(byte[] bytes) {
        if (bytes.length == 0) {
            throw new BadValueException("is empty; give a photo");
        }
        var file = ByteBuffer.wrap(bytes);
        try {
            return switch (Format.of(file)) {
                case JPEG -> JpegFile.open(file);
                case PNG -> PngFile.open(file);
                case GIF -> GifFile.open(file);
                case BMP -> BmpFile.open(file);
                case WEBP -> WebpFile.open(file);
                case UNKNOWN ->
                    throw new BadValueException(
                            "is not a JPEG, PNG, WebP, BMP or GIF image, whatever its name says; convert it to one");
            };
        } catch (BufferUnderflowException | IndexOutOfBoundsException endOfFile) {
            throw new BadValueException("is cut short: it ends in the middle of the image; get it again", endOfFile);
        }
    }

    private static byte[] read(Path file, DecodeLimits limits) throws BadFileException {
        if (!Files.exists(file)) {
            throw new BadFileException(file, "no such file; check the path");
        }
        if (Files.isDirectory(file)) {
            throw new BadFileException(file, "is a directory; name the photos in it");
        }
        if (!Files.isRegularFile(file) && !file.toAbsolutePath().startsWith("/dev")) {
            throw new BadFileException(file, "is a pipe or a device, which may never end; give a file");
        }
        try (var stream = Files.newInputStream(file)) {
            // A pipe has no size, so what is read is bounded too.
            if (Files.size(file) > limits.maxFileBytes()) {
                throw new BadFileException(file, tooLong(limits));
            }
            return stream.readNBytes((int) limits.maxFileBytes() + 1);
        } catch (BadFileException problem) {
            throw problem;
        } catch (IOException problem) {
            throw new BadFileException(file, "cannot be read (" + problem + "); check its permissions", problem);
        }
    }

    private static BadValueException tooLong(DecodeLimits limits) {
        return new BadValueException("is longer than the limit of " + limits.maxFileBytes()
                + " bytes; scale it down, or raise the limit if you trust it");
    }

    private static String reason(Exception damage) {
        var message = damage.getMessage();
        return message == null || message.isBlank()
                ? ""
                : " (" + message.lines().findFirst().orElse("").strip() + ")";
    }
}
