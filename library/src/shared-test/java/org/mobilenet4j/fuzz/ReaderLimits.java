package org.mobilenet4j.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;

/// What no file may make a reader do, whoever wrote it: throw another exception than the reader's own, say more or
/// else than one line of printable text, take much more memory than the file has bytes, or compute for long.
public final class ReaderLimits {
    /// For tables, buffers and messages that do not grow with the file, and for what the fuzzer's own hooks take.
    private static final long FIXED_BYTES = 16 << 20;

    /// A JSON file of brackets takes the most: a list for each pair of bytes.
    private static final long BYTES_FOR_EACH = 256;

    /// Of the processor, thousands of times what inputs of fuzzers take; the fuzzer itself ends what never ends.
    private static final Duration MOST_TIME = Duration.ofSeconds(10);

    private static final int LONGEST_MESSAGE = 1500;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private ReaderLimits() {}

    /// A call of the reader under test, in the caller's thread.
    public interface Reading {
        /// Reads the file.
        void read() throws IOException;
    }

    /// Lets `reading` read an input of `size` bytes and checks what it does.
    ///
    /// @param refusals the exceptions that it may throw: exactly these classes
    public static void check(long size, Reading reading, Class<?>... refusals) throws IOException {
        long limit = FIXED_BYTES + BYTES_FOR_EACH * size;
        long allocated = allocated(reading, refusals);
        if (allocated >= limit) {
            // The first call loads classes, which the agents of tests rewrite in this thread; the second does not.
            allocated = allocated(reading, refusals);
        }
        assertThat(allocated).as("bytes allocated").isLessThan(limit);
    }

    private static long allocated(Reading reading, Class<?>... refusals) throws IOException {
        long begin = THREADS.getCurrentThreadCpuTime();
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            reading.read();
        } catch (IOException | RuntimeException e) {
            if (!List.of(refusals).contains(e.getClass())) {
                throw e;
            }
            assertThat(e.getMessage())
                    .isNotBlank()
                    .hasSizeLessThan(LONGEST_MESSAGE)
                    .matches(text -> text.codePoints().noneMatch(ReaderLimits::isUnprintable), "is a printable line");
        }
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        assertThat(Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - begin))
                .as("processor time")
                .isLessThan(MOST_TIME);
        return allocated;
    }

    /// Line breaks, terminal escapes, and what makes a line read from right to left.
    private static boolean isUnprintable(int c) {
        return Character.isISOControl(c)
                || switch (Character.getType(c)) {
                    case Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
                    default -> false;
                };
    }
}
