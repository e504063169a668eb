package org.mobilenet4j.app.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;

/// Standard output, which knows whether its reader has seen enough, as `head` has after ten lines. That is no failure
/// to speak of.
final class StandardOutput extends FileOutputStream {
    /// What the JDK's exception says, in no other way.
    private static final String BROKEN_PIPE = "Broken pipe";

    private volatile boolean isLeft;

    StandardOutput() {
        super(FileDescriptor.out);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        try {
            super.write(bytes, from, length);
        } catch (IOException e) {
            isLeft |= BROKEN_PIPE.equals(e.getMessage());
            throw e;
        }
    }

    /// Whether nobody reads on.
    boolean isLeft() {
        return isLeft;
    }
}
