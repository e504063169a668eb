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
        "mobilenet train --augment inc, inception",
        "mobilenet completion f, fish",
        "mobilenet experiment tech, techniques",
        "mobilenet pull mobilenet_v1_0.25_128_, mobilenet_v1_0.25_128_quant",
        "mobilenet cost squ, squeezenet",
        "mobilenet train --network ale, alexnet"
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

    /// Shells that are not on every machine.
    @ParameterizedTest
    @CsvSource({
        "mobilenet clas, classify",
        "mobilenet classify --mod, --model",
        "mobilenet train --augment inc, inception",
        "mobilenet completion f, fish",
        "mobilenet experiment tech, techniques",
        "mobilenet cost squ, squeezenet"
    })
    void fishCompletes(String typed, String completed) throws Exception {
        var fish = Path.of("/usr/bin/fish");
        assumeTrue(Files.isExecutable(fish), "no fish");
        var script = Files.writeString(
                folder.resolve("script"), Run.of("completion", "fish").out());

        assertThat(lines(fish.toString(), "--no-config", "-c", "source " + script + "; complete -C '" + typed + "'"))
                .anyMatch(line -> line.equals(completed) || line.startsWith(completed + "\t"));
    }

    /// Which runs bash's.
    @Test
    void zshTakesTheScript() throws Exception {
        var zsh = Path.of("/usr/bin/zsh");
        assumeTrue(Files.isExecutable(zsh), "no zsh");
        var script = Files.writeString(
                folder.resolve("script"), Run.of("completion", "zsh").out());

        assertThat(lines(
                        zsh.toString(),
                        "-f",
                        "-c",
                        "autoload -Uz compinit; compinit -u -D; source " + script + "; print -r -- $_comps[mobilenet]"))
                .containsExactly("_bash_complete -F _complete_mobilenet -o default");
    }

    @Test
    void otherShellsAreRefused() {
        var run = Run.of("completion", "tcsh");
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.errLines()).singleElement().asString().contains("bash, zsh and fish, not tcsh");
    }
}
