package org.mobilenet4j.data;

import java.io.IOException;
import org.mobilenet4j.image.Image;

/// A photo that is not decoded yet.
@FunctionalInterface
public interface Photo {
    /// The pixels. The work is done here, so that several threads decode several photos at once.
    ///
    /// @throws IOException when it cannot be read; the message names it
    Image decode() throws IOException;
}
