package org.mobilenet4j.app.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BarLineTest {
    private static final String SAID = "3 min 2 s left in all, loss 2.100, top-1 31.0 %, 512 images/s";

    private static String text(BarLine line, int width) {
        return line.text(width, false, Terminal.ERR);
    }

    @Test
    void takesTheRoomThereIs() {
        var line = new BarLine("evaluate", 50, 200, false, "");
        assertThat(text(line, 40))
                .isEqualTo("evaluate  25 % |####            | 50/200")
                .hasSize(40);
        assertThat(text(line, 200)).hasSize(8 + 7 + 52 + 7);
    }

    @ParameterizedTest
    @ValueSource(ints = {39, 59, 79, 99, 139})
    void neverIsWiderThanTheTerminalAndHasABarOfSomeLength(int width) {
        for (int done = 0; done <= 500; done += 50) {
            var text = text(new BarLine("epoch 12/30", done, 500, false, SAID), width);
            assertThat(text).hasSizeLessThanOrEqualTo(width).contains("/500");
            assertThat(text.lastIndexOf('|') - text.indexOf('|') - 1).isGreaterThanOrEqualTo(10);
        }
    }

    @Test
    void leavesOutTheLeastImportantFirst() {
        var line = new BarLine("epoch 12/30", 100, 500, false, SAID);
        assertThat(text(line, 60)).contains("100/500").doesNotContain("images/s");
        assertThat(text(line, 79)).contains("3 min 2 s left").doesNotContain("top-1");
        assertThat(text(line, 139)).contains(SAID);
    }

    @Test
    void countsBytesWhoseNumberIsNotKnown() {
        assertThat(text(new BarLine("a.tgz", 3 << 20, -1, true, ""), 79)).isEqualTo("a.tgz 3.0 MiB");
        assertThat(text(new BarLine("a.tgz", 3 << 20, 4 << 20, true, ""), 79))
                .startsWith("a.tgz  75 % |###")
                .endsWith("| 3.0 of 4.0 MiB");
        assertThat(text(new BarLine("x".repeat(200), 1, 2, false, "y"), 40)).hasSizeLessThanOrEqualTo(40);
    }
}
