package org.mobilenet4j.model.file;

import java.io.IOException;

/// A file of labels that cannot be used; the message is one line: which file, what is wrong, what to do.
public final class LabelFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    LabelFormatException(String file, String problem) {
        super(file + ": " + problem);
    }
}
