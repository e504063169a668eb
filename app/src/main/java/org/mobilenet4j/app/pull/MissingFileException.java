package org.mobilenet4j.app.pull;

import java.io.IOException;

/// There is no such file at the mirror or the published address.
public final class MissingFileException extends IOException {
    private static final long serialVersionUID = 1;

    MissingFileException(String message) {
        super(message);
    }
}
