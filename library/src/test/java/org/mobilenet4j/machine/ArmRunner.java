package org.mobilenet4j.machine;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.machine.code.Code;

/// An AArch64 processor, emulated by qemu-user, in a process of its own that lives as long as this one: `runner.c`,
/// compiled here. It gets code and memories, calls, and gives one memory back.
public final class ArmRunner {
    private static final String COMPILER = "aarch64-linux-gnu-gcc", EMULATOR = "qemu-aarch64";
    private static final String MISSING =
            "no AArch64: install qemu-user (" + EMULATOR + ") and gcc-aarch64-linux-gnu (" + COMPILER + ")";

    private static final @Nullable ArmRunner RUNNER = startIfInstalled();

    private final Process process;
    private final DataInputStream in;
    private final OutputStream out;
    private @Nullable Code loaded;

    /// Memory that a call gets as an address.
    ///
    /// @param isGuardBehind whether it ends at a forbidden page, and not begins behind one
    public record Buffer(MemorySegment memory, boolean isGuardBehind) {}

    private ArmRunner(Process process) {
        this.process = process;
        this.in = new DataInputStream(process.getInputStream());
        this.out = process.getOutputStream();
    }

    /// Skips the test where there is no emulator, or no compiler for it.
    public static ArmRunner get() {
        ArmRunner runner = RUNNER;
        assumeTrue(runner != null, MISSING);
        return Objects.requireNonNull(runner);
    }

    private static @Nullable ArmRunner startIfInstalled() {
        try {
            if (!isInstalled(COMPILER) || !isInstalled(EMULATOR)) {
                return null;
            }
            Path folder = Files.createTempDirectory("mobilenet4j-arm");
            Path source = folder.resolve("runner.c");
            Path program = folder.resolve("runner");
            try (InputStream text = ArmRunner.class.getResourceAsStream("runner.c")) {
                Files.copy(text, source);
            }
            var compiler = new ProcessBuilder(COMPILER, "-O1", "-static", "-o", program + "", source + "")
                    .inheritIO()
                    .start();
            if (compiler.waitFor() != 0) {
                throw new IllegalStateException(COMPILER + " cannot compile runner.c");
            }
            var process = new ProcessBuilder(EMULATOR, program + "")
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            for (Path file : List.of(folder, source, program)) {
                file.toFile().deleteOnExit();
            }
            return new ArmRunner(process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static boolean isInstalled(String program) throws InterruptedException {
        try {
            return new ProcessBuilder(program, "--version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /// Calls the code's first routine with the buffers' addresses and two numbers behind them; the last buffer is
    /// overwritten with what the call leaves in it.
    ///
    /// @param buffers up to four
    /// @return what the routine left in X0
    /// @throws AssertionError if the routine ends the process, or changes a register that it must keep
    public synchronized long call(Code code, List<Buffer> buffers, long from, long to) {
        try {
            send(code, buffers, from, to);
            var answer = new byte[16];
            in.readFully(answer);
            ByteBuffer numbers = ByteBuffer.wrap(answer).order(ByteOrder.LITTLE_ENDIAN);
            long result = numbers.getLong();
            MemorySegment last = buffers.getLast().memory();
            var bytes = new byte[(int) last.byteSize()];
            in.readFully(bytes);
            MemorySegment.copy(bytes, 0, last, JAVA_BYTE, 0, bytes.length);
            if (numbers.getLong() != 1) {
                throw new AssertionError(code + " changes a register that it must keep");
            }
            return result;
        } catch (IOException e) {
            throw new AssertionError(code + " ended the emulator: " + ended(), e);
        }
    }

    private String ended() {
        try {
            return "it exited with " + process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    private void send(Code code, List<Buffer> buffers, long from, long to) throws IOException {
        boolean isNew = !code.equals(loaded);
        loaded = code;
        ByteBuffer head = ByteBuffer.allocate(8 * (4 + 12 + 2 * buffers.size())).order(ByteOrder.LITTLE_ENDIAN);
        head.putLong(isNew ? code.bytes().length : 0);
        head.putLong(code.entries().getFirst().offset());
        head.putLong(buffers.size()).putLong(buffers.size() - 1);
        for (int i = 0; i < 4; i++) {
            head.putLong(i < buffers.size() ? i + 1 : 0).putLong(0);
        }
        head.putLong(0).putLong(from).putLong(0).putLong(to);
        for (Buffer buffer : buffers) {
            head.putLong(buffer.memory().byteSize()).putLong(buffer.isGuardBehind() ? 1 : 0);
        }
        out.write(head.array());
        if (isNew) {
            out.write(code.bytes());
        }
        for (Buffer buffer : buffers) {
            out.write(buffer.memory().toArray(JAVA_BYTE));
        }
        out.flush();
    }
}
