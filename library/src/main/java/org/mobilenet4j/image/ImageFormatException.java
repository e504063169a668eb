package org.mobilenet4j.image;

import java.io.IOException;
import java.io.Serial;

/// A file that cannot be read as a photo. The message is one line: the file, what is wrong with it, and what to do.
public final class ImageFormatException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    ImageFormatException(String message) {
        super(message);
    }

    ImageFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
