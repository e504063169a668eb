package org.mobilenet4j.app.cli.text;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.mobilenet4j.error.BadValueException;

/// A failure as one line: what is wrong, where, and what to do.
public final class FailureText {
    private FailureText() {}

    public static String of(Throwable problem) {
        if (isLostMemory(problem)) {
            return "a file was cut or replaced while it was read; run again, and leave the file as it is meanwhile";
        }
        return switch (problem) {
            case NoSuchFileException e when e.getReason() == null -> e.getFile() + ": no such file; check the path";
            case AccessDeniedException e
            when e.getReason() == null -> e.getFile() + ": access denied; check its permissions";
            case FileSystemException e when e.getReason() == null -> e.getFile() + ": cannot be used (" + name(e) + ")";
            case IOException e -> line(e);
            case BadValueException e -> line(e);
            case OutOfMemoryError _ -> "out of memory; give the JVM more, for example with MOBILENET_JAVA_OPTS=-Xmx4g";
            default ->
                "internal error: " + name(problem) + ": " + line(problem)
                        + " (run again with --stacktrace and report what it prints)";
        };
    }

    /// Whether a mapped file lost its pages, which the JVM reports as an error of its own.
    private static boolean isLostMemory(Throwable problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof InternalError
                    && String.valueOf(cause.getMessage()).contains("unsafe memory access")) {
                return true;
            }
        }
        return false;
    }

    /// The message, or the exception's name if there is none.
    public static String line(Throwable problem) {
        var message = problem.getMessage();
        return message == null || message.isBlank() ? name(problem) : message;
    }

    private static String name(Throwable problem) {
        return problem.getClass().getSimpleName();
    }
}
