package org.mobilenet4j.app.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import org.mobilenet4j.app.cli.text.Encoding;

/// Where standard error goes. The launcher filters what the JVM writes to descriptor 2, and hands this process the
/// unfiltered stream as another one.
final class StandardError {
    private static final String PROPERTY = "mobilenet4j.stderr";

    private StandardError() {}

    /// The descriptor that the launcher names, which then is [System#err] too, or that of standard error.
    static FileDescriptor descriptor() {
        int number = Integer.getInteger(PROPERTY, 2);
        if (number == 2) {
            return FileDescriptor.err;
        }
        try {
            // Opening /dev/fd/3 would begin at the start of a file that standard output may share.
            var constructor = FileDescriptor.class.getDeclaredConstructor(int.class);
            if (!constructor.trySetAccessible()) {
                return FileDescriptor.err;
            }
            var descriptor = constructor.newInstance(number);
            System.setErr(new PrintStream(new FileOutputStream(descriptor), true, Encoding.of("stderr")));
            return descriptor;
        } catch (ReflectiveOperationException e) {
            return FileDescriptor.err;
        }
    }
}
