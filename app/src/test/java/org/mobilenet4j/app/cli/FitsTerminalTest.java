package org.mobilenet4j.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What commands print fits a terminal of 80 columns, in whole words; elsewhere it is as wide as it needs.
class FitsTerminalTest {
    private static final String TERMINAL = "mobilenet4j.terminal.out";
    private static final String COLUMNS = "mobilenet4j.columns";
    private static final String COLORS = "\\x1b\\[[0-9;]*m";

    @BeforeEach
    void beOnATerminal() {
        System.setProperty(TERMINAL, "true");
        System.setProperty(COLUMNS, "80");
    }

    @AfterEach
    void forgetTheTerminal() {
        System.clearProperty(TERMINAL);
        System.clearProperty(COLUMNS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--help",
                "models",
                "cost",
                "cost mobilenet-v1:0.5:160",
                "cost default",
                "cost --compare mobilenet-v1 mobilenet-v1:0.25:128 squeezenet vgg16",
                "search --max-mult-adds 150M --max-size 6MB",
                "inspect default",
                "compare default default",
                "benchmark mobilenet-v1:0.25:32 --runs 2 --threads 1 --profile",
                "classify ../examples/orange.png"
            })
    void inEightyColumns(String line) {
        var run = Run.of((Object[]) (line.isEmpty() ? new String[0] : line.split(" ")));

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out().replaceAll(COLORS, "").lines()).allMatch(each -> each.length() <= 80);
    }
}
