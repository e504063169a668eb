package org.mobilenet4j.machine.a64;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mobilenet4j.machine.x64.InstructionCase;
import org.mobilenet4j.machine.x64.ListedBytes;

/// The bytes of every instruction, against what binutils' assembler makes of the same text.
class InstructionBytesTest {
    private static final String ASSEMBLER = "aarch64-linux-gnu-as";

    @Test
    void areThoseOfAnotherAssemblerAsStored() throws IOException {
        try (InputStream in = InstructionBytesTest.class.getResourceAsStream("instructions.txt")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            List<InstructionCase> stored = text.lines()
                    .map(line -> line.split("\t", 2))
                    .map(parts -> new InstructionCase(parts[1], parts[0]))
                    .toList();
            assertSame(Cases.all(), stored);
        }
    }

    @Test
    void areThoseOfAnotherAssemblerAsInstalled(@TempDir Path folder) throws Exception {
        assumeTrue(isInstalled(), "no " + ASSEMBLER + " here: install binutils-aarch64-linux-gnu");
        List<InstructionCase> ours = Cases.all();
        Path source = folder.resolve("cases.s");
        Path listing = folder.resolve("cases.lst");
        Files.writeString(source, Cases.source(ours));

        var process = new ProcessBuilder(
                        ASSEMBLER,
                        "-aln=" + listing,
                        "--listing-lhs-width=4",
                        "-o",
                        folder.resolve("o") + "",
                        source + "")
                .redirectErrorStream(true)
                .start();
        String complaints = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(complaints).isZero();
        assertSame(ours, ListedBytes.of(Files.readString(listing)));
    }

    /// Tells only of the instructions that differ.
    private static void assertSame(List<InstructionCase> ours, List<InstructionCase> theirs) {
        assertThat(ours)
                .as("run scripts/assembler-bytes after a change of the cases")
                .hasSameSizeAs(theirs);
        assertThat(IntStream.range(0, ours.size())
                        .filter(i -> !ours.get(i).equals(theirs.get(i)))
                        .mapToObj(i -> ours.get(i) + ", not " + theirs.get(i)))
                .isEmpty();
    }

    private static boolean isInstalled() throws InterruptedException {
        try {
            return new ProcessBuilder(ASSEMBLER, "--version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
