package org.mobilenet4j.error;

/// A value from outside, typed by a user or read from a file, cannot be used. The message is one line: what is wrong
/// and what to do.
///
/// A plain [IllegalArgumentException] is a bug of this library: it is never reported as a problem of a file.
public final class BadValueException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /// @param problem one line
    public BadValueException(String problem) {
        super(problem);
    }

    /// @param problem one line
    /// @param cause what led to it
    public BadValueException(String problem, Throwable cause) {
        super(problem, cause);
    }

    /// The problem, in one line.
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    /// `value` as an `int`.
    ///
    /// @throws BadValueException when it does not fit
    public static int toInt(long value) {
        if ((int) value != value) {
            throw new BadValueException("the number " + value + " is too large; at most 32 bits are supported");
        }
        return (int) value;
    }
}
