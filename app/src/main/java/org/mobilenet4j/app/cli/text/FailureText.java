package org.mobilenet4j.app.cli.text;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.mobilenet4j.error.BadValueException;

/// What people are told about a failure: one line that says what is wrong, where, and what to do.
public final class FailureText {
    private FailureText() {}

    public static String of(Throwable problem) {
        return switch (problem) {
            case NoSuchFileException e when e.getReason() == null -> e.getFile() + ": no such file; check the path";
            case AccessDeniedException e
            when e.getReason() == null -> e.getFile() + ": access is denied; check its permissions";
            case FileSystemException e when e.getReason() == null -> e.getFile() + ": cannot be used (" + name(e) + ")";
            case IOException e -> line(e);
            case BadValueException e -> line(e);
            case OutOfMemoryError _ ->
                "the JVM's memory does not suffice; raise it, for example with MOBILENET_JAVA_OPTS=-Xmx4g";
            default ->
                "internal error: " + name(problem) + ": " + line(problem)
                        + " (run again with --stacktrace and report what it prints)";
        };
    }

    /// The message, or the kind of failure where there is none.
    public static String line(Throwable problem) {
        var message = problem.getMessage();
        return message == null || message.isBlank() ? name(problem) : message;
    }

    private static String name(Throwable problem) {
        return problem.getClass().getSimpleName();
    }
}
