package org.mobilenet4j.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.machine.code.Code;

/// Tells tools about code that is loaded, where properties ask for that.
///
/// @param perfMap the file in which `perf` looks up names of code that no program file holds
/// @param dumps   the folder for the code itself, which `objdump -D -b binary -m i386:x86-64 -M intel FILE` prints
record CodeTrace(@Nullable Path perfMap, @Nullable Path dumps) {
    /// `true` for names in `perf-PID.map` in the temporary folder.
    static final String PERF_MAP = "mobilenet4j.perfmap";

    /// A folder for the code's bytes, a file for each piece that is loaded.
    static final String DUMP = "mobilenet4j.dump";

    /// As the properties say.
    static CodeTrace ofProperties() {
        Path perfMap = Boolean.getBoolean(PERF_MAP)
                ? Path.of(
                        System.getProperty("java.io.tmpdir"),
                        "perf-" + ProcessHandle.current().pid() + ".map")
                : null;
        String folder = System.getProperty(DUMP);
        return new CodeTrace(perfMap, folder == null ? null : Path.of(folder));
    }

    void loaded(Code code, MemorySegment memory) {
        try {
            if (perfMap != null) {
                Files.writeString(perfMap, names(code, memory), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
            if (dumps != null) {
                Files.createDirectories(dumps);
                String name = code.entries().isEmpty()
                        ? "code"
                        : code.entries().getFirst().name();
                Files.write(dumps.resolve(name + "-" + Long.toHexString(memory.address()) + ".bin"), code.bytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String names(Code code, MemorySegment memory) {
        var lines = new StringBuilder();
        for (Code.Entry entry : code.entries()) {
            lines.append(Long.toHexString(memory.address() + entry.offset()))
                    .append(' ')
                    .append(Integer.toHexString(entry.length()))
                    .append(" mobilenet4j::")
                    .append(entry.name())
                    .append('\n');
        }
        return lines.toString();
    }
}
