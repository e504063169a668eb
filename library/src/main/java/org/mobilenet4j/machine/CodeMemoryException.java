package org.mobilenet4j.machine;

/// The system gives no memory for code. Other kernels do the work then.
public final class CodeMemoryException extends RuntimeException {
    private static final long serialVersionUID = 1;

    CodeMemoryException(String message) {
        super(message);
    }
}
