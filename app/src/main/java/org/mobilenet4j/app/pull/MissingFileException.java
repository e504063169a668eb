package org.mobilenet4j.app.pull;

import java.io.IOException;

/// A mirror, or the world, has no such file.
public final class MissingFileException extends IOException {
    private static final long serialVersionUID = 1;

    MissingFileException(String message) {
        super(message);
    }
}
