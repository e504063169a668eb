package org.mobilenet4j.data;

import java.io.IOException;
import org.mobilenet4j.image.Image;

/// A photo that is decoded on demand.
@FunctionalInterface
public interface Photo {
    /// Decodes the pixels. The work is done in this call, so several threads can decode several photos at once.
    ///
    /// @throws IOException when it cannot be read; the message names it
    Image decode() throws IOException;

    /// The bytes of its file, to tell whether two are the same; none where it is not from a file.
    ///
    /// @throws IOException when it cannot be read
    default byte[] content() throws IOException {
        return new byte[0];
    }
}
