package org.mobilenet4j.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompletionCommandTest {
    private static final Path BASH = Path.of("/bin/bash");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "mobilenet clas, classify",
        "mobilenet classify --mod, --model",
        "mobilenet classify --format js, json",
        "mobilenet train --aug, --augment",
        "mobilenet train --augment inc, inception"
    })
    void bashCompletes(String typed, String completed) throws Exception {
        assumeTrue(Files.isExecutable(BASH), "no bash");
        var script = Files.writeString(
                folder.resolve("script"), Run.of("completion", "bash").out());
        var program = "source " + script + "; COMP_WORDS=(" + typed + "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1));"
                + " _complete_mobilenet; printf '%s\\n' \"${COMPREPLY[@]}\"";

        assertThat(lines(BASH.toString(), "-c", program)).contains(completed);
    }

    private List<String> lines(String... command) throws IOException, InterruptedException {
        var out = folder.resolve("out");
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return Files.readAllLines(out).stream().map(String::strip).toList();
    }

    @Test
    void fishKnowsEveryCommandAndOption() {
        var lines = Run.of("completion", "fish").out().lines().toList();

        assertThat(lines)
                .contains("complete -c mobilenet -n __fish_use_subcommand -f -a 'classify' -d 'Tell what photos show'")
                .contains("complete -c mobilenet -n '__fish_seen_subcommand_from classify' -l format -x -a 'text json'"
                        + " -d 'Print text, or one JSON document and nothing else'");
        assertThat(Subcommands.ALL)
                .allSatisfy(command -> assertThat(lines)
                        .anyMatch(line -> line.contains("-a '" + command.name() + "'"))
                        .anyMatch(line -> line.contains("from " + command.name() + "' -s h -l help")));
        assertThat(lines.stream().skip(1)).allMatch(line -> line.startsWith("complete -c mobilenet -n "));
    }

    @Test
    void otherShellsAreRefused() {
        var run = Run.of("completion", "tcsh");
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.errLines()).singleElement().asString().contains("bash, zsh and fish, not tcsh");
    }
}
