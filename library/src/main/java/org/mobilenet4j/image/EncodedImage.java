package org.mobilenet4j.image;

import java.io.IOException;
import org.mobilenet4j.error.BadValueException;

/// A complete file whose header has been read and whose pixels have not.
///
/// Made by walking the whole file, so a file that ends early is found here, and only the parts that carry pixels are
/// kept for the decoder: profiles, comments, thumbnails and whatever else a stranger put in never reach it.
///
/// @param height rows as stored, before the orientation is applied
/// @param width columns as stored
/// @param bytesPerPixel memory that decoding takes at its peak, by the pixel
/// @param orientation how the stored rows and columns lie in the picture
/// @param pixels decodes
record EncodedImage(int height, int width, int bytesPerPixel, Orientation orientation, Pixels pixels) {
    EncodedImage {
        if (height < 1 || width < 1) {
            throw new BadValueException(
                    "is a damaged image (it claims " + width + "x" + height + " pixels); get it again");
        }
    }

    /// Decodes a file's pixels, as stored.
    interface Pixels {
        /// The image as stored.
        ///
        /// @throws IOException when the compressed data are damaged
        Image decode() throws IOException;
    }
}
