package org.mobilenet4j.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mobilenet4j.arch.technique.Technique;
import org.mobilenet4j.arch.zoo.NetworkSpec;
import org.mobilenet4j.cost.Cost;

/// `docs/techniques.md` shows what the commands print.
class TechniquesPageTest {
    private static final Path PAGE = Path.of("..", "docs", "techniques.md");
    private static final Pattern SHOWN = Pattern.compile("```\n\\$ ./mobilenet (.*)\n((?:.*\n)*?)```\n");
    private static final Pattern ROW = Pattern.compile("\\| `([^`]+)` \\| (.+) \\| ([\\d.]+) \\| ([\\d.]+) \\|");

    record Shown(String command, String output) {}

    static Stream<Shown> commands() throws IOException {
        return SHOWN.matcher(Files.readString(PAGE)).results().map(match -> new Shown(match.group(1), match.group(2)));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void showsWhatIsPrinted(Shown shown) {
        var run = Run.of((Object[]) shown.command().split(" ", -1));

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out()).startsWith(shown.output()).contains("share of mult-adds");
        assertThat(shown.output().lines()).hasSizeGreaterThan(3);
    }

    @Test
    void theTableHasTheirShares() throws IOException {
        var rows = ROW.matcher(Files.readString(PAGE)).results().toList();

        assertThat(rows).hasSize(13);
        for (var row : rows) {
            var name = List.of("MobileNet", "Conv MobileNet", "AlexNet").indexOf(row.group(2));
            var network = NetworkSpec.parse(List.of("mobilenet-v1", "mobilenet-v1-conv", "alexnet")
                            .get(name))
                    .network();
            var before = Cost.of(network);
            var after = Cost.of(Technique.parse(row.group(1)).apply(network));
            assertThat(row.group(3)).as(row.group(1)).isEqualTo(share(after.multAdds(), before.multAdds()));
            assertThat(row.group(4))
                    .as(row.group(1))
                    .isEqualTo(share(
                            after.parameters().weights(), before.parameters().weights()));
        }
    }

    private static String share(long part, long whole) {
        return String.format(Locale.ROOT, "%.2f", (double) part / whole);
    }
}
