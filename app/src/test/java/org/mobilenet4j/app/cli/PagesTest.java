package org.mobilenet4j.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The commands on the pages for users exist, with these options, and print what stands there.
class PagesTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern BLOCK = Pattern.compile("```[a-z]*\n((?s:.*?))\n```");
    private static final Pattern VARIABLE = Pattern.compile("(?m)^([A-Z])=(\\S+)$");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(#[^)]*)?\\)");

    /// Quick, of files that every checkout has, with no time in what they print.
    private static final List<String> RUN_AGAIN = List.of("cost ", "search --max-mult-adds", "inspect default");

    /// @param page where it stands
    /// @param words of the command, without the program's name
    /// @param output its lines; one of three dots stands for any number of lines
    record Shown(String page, List<String> words, List<String> output) {
        private boolean isRunAgain() {
            var line = String.join(" ", words);
            return !output.isEmpty() && RUN_AGAIN.stream().anyMatch(line::startsWith);
        }

        @Override
        public String toString() {
            return page + ": " + String.join(" ", words);
        }
    }

    private static List<Path> pages() throws IOException {
        var pages = new ArrayList<>(List.of(ROOT.resolve("README.md")));
        for (var folder : List.of(ROOT.resolve("docs"), ROOT.resolve("docs").resolve("commands"))) {
            try (var files = Files.list(folder)) {
                files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
            }
        }
        return pages;
    }

    static Stream<Shown> commands() throws IOException {
        var all = new ArrayList<Shown>();
        for (var page : pages()) {
            var text = Files.readString(page);
            for (var block : BLOCK.matcher(text).results().toList()) {
                all.addAll(commands(ROOT.relativize(page).toString(), block));
            }
        }
        return all.stream();
    }

    /// Lines that begin with the command, with `$` before it where its output follows.
    private static List<Shown> commands(String page, MatchResult block) {
        var shown = new ArrayList<Shown>();
        var text = block.group(1).replace("\\\n", " ");
        for (var variable : VARIABLE.matcher(text).results().toList()) {
            text = text.replace("$" + variable.group(1) + " ", variable.group(2) + " ")
                    .replace("$" + variable.group(1) + "/", variable.group(2) + "/");
        }
        var lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i).replaceFirst("^\\$ ", "");
            if (line.startsWith("./mobilenet ")) {
                var words = line.substring("./mobilenet ".length())
                        .replaceFirst(" #.*", "")
                        .replace("'", "");
                shown.add(new Shown(
                        page,
                        Arrays.asList(words.strip().split("\\s+", -1)),
                        lines.get(i).startsWith("$") ? lines.subList(i + 1, lines.size()) : List.of()));
            }
        }
        return shown;
    }

    static Stream<Shown> printed() throws IOException {
        return commands().filter(Shown::isRunAgain);
    }

    /// With help asked for, a command line is parsed, and nothing is run.
    @ParameterizedTest
    @MethodSource("commands")
    void commandsExist(Shown shown) {
        var words = new ArrayList<>(shown.words());
        words.add("--help");
        var run = Run.of(words.toArray());
        assertThat(run.exit()).as(run.err()).isZero();
    }

    @ParameterizedTest
    @MethodSource("printed")
    void outputIsWhatIsPrinted(Shown shown) {
        var run = Run.of(shown.words().toArray());

        assertThat(run.exit()).as(run.err()).isZero();
        var pattern = new StringBuilder();
        for (var line : shown.output()) {
            pattern.append(line.equals("...") ? "(?s:.*)" : Pattern.quote(line.stripTrailing()) + " *\n");
        }
        assertThat(run.out()).matches(pattern.append("(?s:.*)").toString());
    }

    @Test
    void linksLeadSomewhere() throws IOException {
        for (var page : pages()) {
            for (var link : LINK.matcher(Files.readString(page)).results().toList()) {
                assertThat(page.resolveSibling(link.group(1)))
                        .as(page + ": " + link.group())
                        .exists();
            }
        }
    }

    @Test
    void everyCommandHasAPage() throws IOException {
        var listed = Files.readString(ROOT.resolve("docs/commands/README.md"));
        var help = Run.of("--help").out();
        var commands = Pattern.compile("(?m)^  ([a-z]+)  +\\S").matcher(help.substring(help.indexOf("Commands:")));
        assertThat(commands.results().map(match -> match.group(1)))
                .filteredOn(name -> !name.equals("help"))
                .isNotEmpty()
                .allMatch(name -> listed.matches("(?s).*\\[([a-z]+, )*" + name + "(, [a-z]+)*].*"));
    }
}
