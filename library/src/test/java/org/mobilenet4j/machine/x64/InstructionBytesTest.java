package org.mobilenet4j.machine.x64;

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

/// The bytes of every instruction, against what binutils' assembler makes of the same text.
class InstructionBytesTest {
    @Test
    void areThoseOfAnotherAssemblerAsStored() throws IOException {
        List<InstructionCase> stored = stored();
        List<InstructionCase> ours = ListCases.all();

        assertThat(ours)
                .as("run scripts/assembler-bytes after a change of the cases")
                .hasSameSizeAs(stored);
        assertSame(ours, stored);
    }

    @Test
    void areThoseOfAnotherAssemblerAsInstalled(@TempDir Path folder) throws Exception {
        assumeTrue(isInstalled(), "no `as` for x86-64 here");
        List<InstructionCase> ours = ListCases.all();
        Path source = folder.resolve("cases.s");
        Path listing = folder.resolve("cases.lst");
        var text = new StringBuilder(".intel_syntax noprefix\n");
        ours.forEach(each -> text.append(each.text()).append('\n'));
        Files.writeString(source, text);

        var process = new ProcessBuilder(
                        "as", "-aln=" + listing, "--listing-lhs-width=4", "-o", folder.resolve("o") + "", source + "")
                .redirectErrorStream(true)
                .start();
        String complaints = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(complaints).isZero();
        List<InstructionCase> listed = ListedBytes.of(Files.readString(listing));
        assertThat(listed).hasSameSizeAs(ours);
        assertSame(ours, listed);
    }

    /// Tells only of the instructions that differ.
    private static void assertSame(List<InstructionCase> ours, List<InstructionCase> theirs) {
        assertThat(IntStream.range(0, ours.size())
                        .filter(i -> !ours.get(i).equals(theirs.get(i)))
                        .mapToObj(i -> ours.get(i) + ", not " + theirs.get(i)))
                .isEmpty();
    }

    private static boolean isInstalled() throws InterruptedException {
        if (!System.getProperty("os.arch").equals("amd64")) {
            return false;
        }
        try {
            var process = new ProcessBuilder("as", "--version")
                    .redirectErrorStream(true)
                    .start();
            String version = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 && version.startsWith("GNU assembler");
        } catch (IOException e) {
            return false;
        }
    }

    private static List<InstructionCase> stored() throws IOException {
        try (InputStream in = InstructionBytesTest.class.getResourceAsStream("instructions.txt")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().map(InstructionBytesTest::parse).toList();
        }
    }

    private static InstructionCase parse(String line) {
        int tab = line.indexOf('\t');
        return new InstructionCase(line.substring(tab + 1), line.substring(0, tab));
    }
}
