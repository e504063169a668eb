package org.mobilenet4j.server.model;

import org.jspecify.annotations.Nullable;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.image.DecodeLimits;
import org.mobilenet4j.image.Image;
import org.mobilenet4j.image.ImageDecoder;

/// An image file as a request brings it.
///
/// @param name what the client calls it, which nothing but an answer repeats; null if it does not
/// @param bytes the file
/// @param limits on decoding it
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Photo(@Nullable String name, byte[] bytes, DecodeLimits limits) {
    /// Its pixels.
    ///
    /// @throws BadPhotoException if it is none, damaged or beyond the limits
    public Image decode() throws BadPhotoException {
        if (!ImageDecoder.isImage(bytes)) {
            throw new BadPhotoException(
                    true, "the body is not a JPEG, PNG, WebP, BMP or GIF image; send one, or several as multipart");
        }
        try {
            return ImageDecoder.decode(bytes, "the image", limits);
        } catch (BadFileException problem) {
            throw new BadPhotoException(false, String.valueOf(problem.getMessage()));
        }
    }
}
