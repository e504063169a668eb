package org.mobilenet4j.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/// Help texts: whole sentences, in groups, as wide as the terminal.
class HelpTest {
    private static final String COLUMNS = "mobilenet4j.columns";

    static List<String> commands() {
        return Subcommands.ALL.stream().map(Subcommands.Subcommand::name).toList();
    }

    @AfterEach
    void forgetTheTerminal() {
        System.clearProperty(COLUMNS);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void fitsAnyTerminal(String command) {
        for (int columns : List.of(60, 80, 100, 140)) {
            System.setProperty(COLUMNS, String.valueOf(columns));
            var lines = Run.of(command, "--help").out().lines().toList();
            assertThat(lines).as(columns + " columns").allMatch(line -> line.length() <= columns);
            assertThat(lines).noneMatch(line -> line.endsWith("=") || line.contains("<is"));
        }
    }

    /// Without line breaks inside: the terminal decides where they come.
    @ParameterizedTest
    @MethodSource("commands")
    void consistsOfWholeSentences(String command) {
        var spec = new CommandLine(type(command)).getCommandSpec();
        assertThat(spec.args())
                .filteredOn(argument -> !argument.hidden())
                .allSatisfy(argument -> assertThat(String.join(" ", argument.description()))
                        .as(argument.toString())
                        .matches("(?s).*\\.( .*\\.)?")
                        .doesNotContain("\n"));
        assertThat(Stream.of(spec.usageMessage().description())).allMatch(line -> line.endsWith("."));
        assertThat(Stream.of(spec.usageMessage().footer()))
                .filteredOn(line -> !line.startsWith(" "))
                .allMatch(line -> line.isEmpty() || line.endsWith(".") || line.endsWith(":"));
        assertThat(spec.usageMessage().footer()).noneMatch(line -> line.endsWith("\\"));
    }

    private static Class<?> type(String command) {
        return Subcommands.ALL.stream()
                .filter(each -> each.name().equals(command))
                .findFirst()
                .orElseThrow()
                .type();
    }

    @Test
    void optionsStandInGroups() {
        var help = Run.of("train", "--help").out();
        assertThat(help)
                .containsSubsequence(
                        "Usage: mobilenet train [DATA...] [OPTIONS]",
                        "\nOptions:",
                        "--out FILE",
                        "\nAugmentation:",
                        "--mixup ALPHA",
                        "\nRecipe:",
                        "--epochs N",
                        "\nGeneral options:",
                        "--format text|json",
                        "-h, --help");
        assertThat(Run.of("quantize", "--help").out())
                .startsWith("Usage: mobilenet quantize MODEL --out FILE --data DATA... [OPTIONS]");
    }

    @Test
    void theFirstExampleCanBeRunAsItStands() {
        for (var line : List.of("--help", "classify --help")) {
            var help = Run.of((Object[]) line.split(" ")).out();
            assertThat(help.substring(help.indexOf("Examples:")).lines().skip(1).findFirst())
                    .hasValueSatisfying(first -> assertThat(first.strip()).startsWith("mobilenet classify examples/"));
        }
    }

    /// An option and its value stay together, and the lines are one command to a shell.
    @Test
    void longExamplesGoOnAfterABackslash() {
        System.setProperty(COLUMNS, "60");
        var help = Run.of("train", "--help").out();
        assertThat(help).contains(" \\\n      --");
        assertThat(help.replace(" \\\n     ", ""))
                .contains("mobilenet train my-photos --out small.safetensors --network mobilenet-v1:0.25:128 --teacher"
                        + " my.safetensors\n");
        assertThat(help.lines().filter(line -> line.endsWith(" \\"))).noneMatch(line -> line.matches(".* --\\S+ \\\\"));
    }

    @Test
    void helpIsACommandToo() {
        assertThat(Run.of("help")).isEqualTo(Run.of("--help"));
        assertThat(Run.of("help", "train")).isEqualTo(Run.of("train", "--help"));
        assertThat(Run.of("help", "trian").errLines())
                .containsExactly("mobilenet: there is no command trian; did you mean train? See mobilenet --help");
    }

    @Test
    void allCommandsAreListed() {
        var out = new PrintWriter(Writer.nullWriter());
        assertThat(Main.run(new String[] {"--help"}, out, out)).isZero();
        assertThat(Run.of("--help").out().lines().map(String::strip))
                .anyMatch(line -> line.startsWith("classify "))
                .anyMatch(line -> line.startsWith("pull "))
                .anyMatch(line -> line.startsWith("experiment "));
    }
}
