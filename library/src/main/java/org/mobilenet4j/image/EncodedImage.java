package org.mobilenet4j.image;

import java.io.IOException;
import org.mobilenet4j.error.BadValueException;

/// A complete file whose header has been read and whose pixels have not.
///
/// The whole file is walked, so a file that ends early is found here. Only the parts that carry pixels reach the
/// decoder; profiles, comments, thumbnails and other data do not.
///
/// @param height rows as stored, before the orientation is applied
/// @param width columns as stored
/// @param bytesPerPixel peak memory of decoding, per pixel
/// @param orientation the orientation that turns the stored pixels upright
/// @param pixels decodes the pixels
record EncodedImage(int height, int width, int bytesPerPixel, Orientation orientation, Pixels pixels) {
    EncodedImage {
        if (height < 1 || width < 1) {
            throw new BadValueException(
                    "is a damaged image (it claims " + width + "x" + height + " pixels); get it again");
        }
    }

    /// Checks that a small file does not take long: pictures of much work have many bytes.
    ///
    /// @param work of decoding, in a unit of the format
    /// @param always work that any file may take
    /// @param perByte work that each byte of the file may take beyond that
    /// @param bytes length of the file
    /// @throws BadValueException without the file's name, when it is more
    static void requireWorth(double work, long always, int perByte, long bytes) {
        if (work > always + (double) perByte * bytes) {
            throw new BadValueException(
                    "would take long to decode for a file of " + bytes + " bytes, as if made for that; save it again");
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
