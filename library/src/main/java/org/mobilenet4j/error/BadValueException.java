package org.mobilenet4j.error;

/// A value from outside, whether typed by somebody or read from a file, that cannot be used. The message is one line:
/// what is
/// wrong and what to do.
///
/// A plain [IllegalArgumentException] is a bug of ours: nothing turns it into a complaint about a file.
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
            throw new BadValueException("the number " + value + " is too large to count with; 32 bits are read");
        }
        return (int) value;
    }
}
