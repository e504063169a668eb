package org.mobilenet4j.model.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mobilenet4j.error.BadFileException;

class LabelFileTest {
    @TempDir
    private Path directory;

    private List<String> labels(String text) throws IOException {
        return LabelFile.read(Files.writeString(directory.resolve("labels.txt"), text));
    }

    @Test
    void everyLineIsALabel() throws IOException {
        assertThat(labels("background\ntench\ngreat white shark\n"))
                .containsExactly("background", "tench", "great white shark");
        assertThat(labels("no line end")).containsExactly("no line end");
        assertThat(labels("Käse\n日本\n")).containsExactly("Käse", "日本");
    }

    @Test
    void whatEditorsAddIsPutUpWith() throws IOException {
        assertThat(labels("\ufeffone\r\ntwo \r\n\r\n\n")).containsExactly("one", "two");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|has no labels",
                "'\n\n'|has no labels",
                "'one\n\nthree'|line 2 is empty",
                "'one\n\u0007two'|line 2 has control characters"
            })
    void badFilesAreNamedInOneLine(String text, String problem) {
        assertThatThrownBy(() -> labels(text))
                .isInstanceOf(BadFileException.class)
                .hasMessageContaining("labels.txt: " + problem)
                .hasMessageContaining(";")
                .message()
                .doesNotContain("\n");
    }

    @Test
    void bytesThatAreNoTextAreNamed() {
        assertThatThrownBy(() -> LabelFile.parse("x.txt", new byte[] {'a', (byte) 0xff, 'b'}))
                .isInstanceOf(BadFileException.class)
                .hasMessageStartingWith("x.txt: is not UTF-8");
        assertThatThrownBy(() -> LabelFile.parse(
                        "x.txt", "a\n".repeat(LabelFile.MAX_BYTES / 2 + 1).getBytes(UTF_8)))
                .hasMessageContaining("more than");
    }

    @Test
    void theBackgroundIsLeftOutWhereItIsOneTooMany() {
        var labels = List.of("background", "cat", "dog");
        assertThat(LabelFile.fitting(labels, 2)).containsExactly("cat", "dog");
        assertThat(LabelFile.fitting(labels, 3)).isEqualTo(labels);
        assertThat(LabelFile.fitting(List.of("ant", "cat", "dog"), 2)).hasSize(3);
    }
}
