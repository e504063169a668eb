package org.mobilenet4j.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mobilenet4j.app.cli.text.FailureText;
import org.mobilenet4j.app.cli.text.PlainText;
import org.mobilenet4j.error.BadValueException;

class MainTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "cost --help",
                "classify --help",
                "evaluate --help",
                "inspect --help",
                "convert --help",
                "benchmark --help",
                "models --help",
                "pull --help"
            })
    void helpShowsExamples(String line) {
        var run = Run.of((Object[]) line.split(" "));

        assertThat(run.exit()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).startsWith("Usage: mobilenet").contains("Examples:");
    }

    @Test
    void version() {
        var run = Run.of("--version");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).matches("mobilenet4j \\d+\\.\\d+\\.\\d+(-\\w+)?\\R");
    }

    @Test
    void stacktraceIsShownOnRequestAlone() {
        assertThat(Run.of("inspect", "missing.safetensors").errLines()).hasSize(1);
        assertThat(Run.of("inspect", "missing.safetensors", "--stacktrace").err())
                .contains("\tat org.mobilenet4j.");
    }

    @Test
    void whatNobodyForesawIsOneLineToo() {
        assertThat(PlainText.of(FailureText.of(new IllegalStateException("two\n  lines \u001b[31m"))))
                .isEqualTo("internal error: IllegalStateException: two lines ?[31m"
                        + " (run again with --stacktrace and report what it prints)");
        assertThat(List.of(FailureText.of(new IOException("a: is odd")), FailureText.of(new OutOfMemoryError())))
                .noneMatch(line -> line.contains("internal"));
    }

    /// See `docs/decisions/016-whose-fault.md`.
    @Test
    void bugsAreNotBlamedOnTheInput() {
        assertThat(FailureText.of(new BadValueException("the width must be positive, not -1")))
                .isEqualTo("the width must be positive, not -1");
        assertThat(List.of(
                        new IllegalArgumentException("-1"),
                        new NumberFormatException("x"),
                        new NullPointerException(),
                        new IndexOutOfBoundsException(3),
                        new ClassCastException(),
                        new ArithmeticException("/ by zero")))
                .allMatch(bug -> FailureText.of(bug).startsWith("internal error: "));
    }
}
