package org.mobilenet4j.image;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import org.mobilenet4j.error.BadValueException;

/// The JDK's image decoders, and a plug-in for WebP, which the JDK lacks.
///
/// Where the JDK has a decoder it is always used, whatever plug-ins are on the class path, so that a photo has the same
/// values everywhere.
final class Codec {
    /// JPEG warnings that do not affect pixels; any other warning means that some pixels are made up.
    private static final List<String> HARMLESS = List.of("extraneous bytes", "Invalid SOS parameters");

    private Codec() {}

    /// Decodes `file` to its own color model.
    ///
    /// @throws IOException when it is damaged, or there is no decoder
    static BufferedImage image(String format, ByteBuffer file) throws IOException {
        return decode(format, file, reader -> reader.read(0));
    }

    /// Decodes a JPEG's components without converting them.
    ///
    /// @throws IOException when it is damaged
    static Raster components(ByteBuffer jpeg) throws IOException {
        return decode("jpeg", jpeg, reader -> reader.readRaster(0, null));
    }

    private interface Call<T> {
        T on(ImageReader reader) throws IOException;
    }

    private static <T> T decode(String format, ByteBuffer file, Call<T> call) throws IOException {
        var reader = reader(format);
        var warnings = new ArrayList<String>();
        try (var input = new ByteInput(file)) {
            reader.addIIOReadWarningListener((source, warning) -> {
                // One is enough; a damaged file may cause millions.
                if (warnings.isEmpty() && HARMLESS.stream().noneMatch(warning::contains)) {
                    warnings.add(warning);
                }
            });
            reader.setInput(input, true, true);
            var result = read(call, reader);
            if (!warnings.isEmpty()) {
                throw new IOException(warnings.getFirst());
            }
            return result;
        } catch (IIOException wrapped) {
            // The PNG decoder hides that there was no memory.
            if (wrapped.getCause() instanceof OutOfMemoryError error) {
                throw error;
            }
            throw wrapped;
        } finally {
            reader.dispose();
        }
    }

    /// Decoders fail on damaged data with arbitrary exceptions.
    private static <T> T read(Call<T> call, ImageReader reader) throws IOException {
        try {
            return call.on(reader);
        } catch (RuntimeException damage) {
            throw new IOException(damage.getMessage(), damage);
        }
    }

    private static ImageReader reader(String format) {
        ImageReader plugIn = null;
        for (var readers = ImageIO.getImageReadersByFormatName(format); readers.hasNext(); ) {
            plugIn = readers.next();
            if (plugIn.getClass().getModule() == ImageIO.class.getModule()) {
                return plugIn;
            }
        }
        if (plugIn == null) {
            throw new BadValueException("is a WebP image, for which the plug-in is missing; add"
                    + " com.twelvemonkeys.imageio:imageio-webp to the class path, or convert it to JPEG or PNG");
        }
        return plugIn;
    }
}
