package org.mobilenet4j.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// What a contest found, as a table for people and as JSON.
///
/// @param setting what was measured, in words
record ContestResult(String setting, int rounds, Comparison comparison) {
    /// One JSON array.
    String json() {
        return PeerResult.json(comparison.results());
    }

    /// The settings, the machine and the table.
    String text() throws IOException {
        return String.format(Locale.ROOT, "%s, %d rounds%n%s%n%n", setting, rounds, TestMachine.ours())
                + PeerTable.of(comparison);
    }

    /// Writes `file`, whose name ends in `.json`, and the text beside it.
    void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, json());
        Files.writeString(file.resolveSibling(file.getFileName().toString().replaceFirst("\\.json$", ".txt")), text());
    }
}
