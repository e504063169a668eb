package org.mobilenet4j.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The first page: the program on it runs as it stands there, and it stays short.
class ReadmeTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern PROGRAM = Pattern.compile("```java\n(import (?s:.*?))```\n");
    private static final int MOST_WORDS = 1200;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/api.md"})
    void theProgramKnowsAnOrange(String page) throws Exception {
        var program = PROGRAM.matcher(Files.readString(ROOT.resolve(page)));
        assertThat(program.find()).isTrue();
        var source = Files.writeString(folder.resolve("WhatIsThis.java"), program.group(1));

        var run = new Program(List.of(source), folder.resolve("classes"))
                .onClassPath("WhatIsThis", ROOT.resolve("examples").resolve("orange.png"));

        assertThat(run.exit()).as(String.join("\n", run.lines())).isZero();
        assertThat(run.lines()).hasSize(3).first().asString().startsWith("orange ");
    }

    @Test
    void isReadInFiveMinutes() throws IOException {
        assertThat(Files.readString(ROOT.resolve("README.md")).split("\\s+", -1))
                .hasSizeLessThanOrEqualTo(MOST_WORDS);
    }
}
