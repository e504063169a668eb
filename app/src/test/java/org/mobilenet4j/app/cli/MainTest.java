package org.mobilenet4j.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
    void withoutACommandItSaysWhatToTry() {
        var run = Run.of();

        assertThat(run.exit()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("mobilenet classify examples/orange.png", "mobilenet --help");
        assertThat(run.out().lines()).allMatch(line -> line.length() < 80);
    }

    @ParameterizedTest
    @CsvSource({
        "clasify photo.jpg, there is no command clasify; did you mean classify? See mobilenet --help",
        "paint, there is no command paint; see mobilenet --help",
        "--hlep, there is no option --hlep; did you mean --help? See mobilenet --help",
        "classify --modle=x photo.jpg, there is no option --modle; did you mean --model? See mobilenet classify --help",
        "classify --sepia photo.jpg, there is no option --sepia; see mobilenet classify --help",
        "models all, models does not take 'all'; see mobilenet models --help"
    })
    void mistypedCommandsAndOptionsAreSuggested(String line, String says) {
        var run = Run.of((Object[]) line.split(" "));

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.errLines()).containsExactly("mobilenet: " + says);
    }

    @ParameterizedTest
    @CsvSource({
        "cost mobilnet-v1, 'there is no network called mobilnet-v1; did you mean mobilenet-v1?'",
        "inspect mobilenet_v1_0.25_182, 'mobilenet_v1_0.25_182: there is no such file, and no model of this name; did you mean mobilenet_v1_0.25_1'",
        "inspect defualt, did you mean default?",
        "inspect nothing-like-it, 'check the path, or see what mobilenet models lists'",
        "pull mobilenet_v1_1.0_244, did you mean mobilenet_v1_1.0_224?"
    })
    void mistypedNetworksAndModelsAreSuggested(String line, String says) {
        var run = Run.of((Object[]) line.split(" "));

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.errLines()).singleElement().asString().contains(says);
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

    /// As on a full disk, where `cost ... > file` would otherwise end well.
    @Test
    void outputThatCannotBeWrittenIsAFailure() {
        var full = new Writer() {
            @Override
            public void write(char[] text, int offset, int length) throws IOException {
                throw new IOException("No space left on device");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        var err = new StringWriter();

        int exit = Main.run(new String[] {"cost", "mobilenet-v1"}, new PrintWriter(full), new PrintWriter(err));

        assertThat(exit).isEqualTo(1);
        assertThat(err.toString().lines()).singleElement().asString().contains("standard output cannot be written");
    }

    /// What the JVM throws where a mapped file was cut.
    @Test
    void aFileThatWasCutWhileMappedIsNoBug() {
        var lost =
                new InternalError("a fault occurred in a recent unsafe memory access operation in compiled Java code");
        assertThat(FailureText.of(new IllegalStateException("a step failed: " + lost, lost)))
                .startsWith("a file was cut or replaced while it was read");
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
