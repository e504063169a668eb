package org.mobilenet4j.app.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("changes standard error")
class ProgressTest {
    private final PrintStream before = System.err;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @BeforeEach
    void listen() {
        System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restore() {
        System.setErr(before);
        System.clearProperty("mobilenet4j.terminal");
    }

    private static void run() {
        try (var progress = Progress.of("evaluate", 2)) {
            progress.say("looking");
            progress.step();
            progress.step();
        }
    }

    @Test
    void writesNothingOfABarWhereThereIsNoTerminal() {
        run();
        assertThat(written.size()).isZero();
    }

    /// Nothing is left of the bar, and no line of it is broken.
    @Test
    void drawsOnOneLineAndErasesIt() {
        System.setProperty("mobilenet4j.terminal", "true");
        run();
        assertThat(written.toString(StandardCharsets.UTF_8))
                .doesNotContain("\n")
                .contains("evaluate", "100 %")
                .endsWith("\r\u001b[K");
    }
}
