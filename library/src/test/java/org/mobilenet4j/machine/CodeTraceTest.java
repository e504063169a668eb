package org.mobilenet4j.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mobilenet4j.machine.code.Code;
import org.mobilenet4j.machine.x64.X64Assembler;

/// What profilers and disassemblers are told.
class CodeTraceTest {
    @TempDir
    Path folder;

    private static Code code() {
        var a = new X64Assembler();
        a.entry("first");
        a.ret();
        a.entry("second");
        a.ret();
        return a.finish();
    }

    @Test
    void profilersLearnNamesAndPlaces() throws IOException {
        Path map = folder.resolve("perf-1.map");
        var trace = new CodeTrace(map, null);
        trace.loaded(code(), MemorySegment.ofAddress(0x7f0000001000L));
        trace.loaded(code(), MemorySegment.ofAddress(0x7f0000002000L));

        assertThat(Files.readAllLines(map))
                .containsExactly(
                        "7f0000001000 40 mobilenet4j::first",
                        "7f0000001040 1 mobilenet4j::second",
                        "7f0000002000 40 mobilenet4j::first",
                        "7f0000002040 1 mobilenet4j::second");
    }

    @Test
    void codeIsWrittenToAFile() throws IOException {
        var trace = new CodeTrace(null, folder.resolve("code"));
        trace.loaded(code(), MemorySegment.ofAddress(0x7f0000001000L));

        assertThat(folder.resolve("code/first-7f0000001000.bin")).hasBinaryContent(code().bytes());
    }

    @Test
    void nothingIsWrittenUnasked() {
        assertThat(CodeTrace.ofProperties()).isEqualTo(new CodeTrace(null, null));
    }
}
