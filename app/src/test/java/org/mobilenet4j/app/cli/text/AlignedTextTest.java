package org.mobilenet4j.app.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AlignedTextTest {
    private static AlignedText table() {
        var table = new AlignedText("lrRL", "layer", "ms", "share", "bound by");
        table.row("conv1", "0.25", "12 %", "memory");
        return table;
    }

    @Test
    void columnsAreAligned() {
        assertThat(table().toString()).isEqualTo("""
                layer    ms  share  bound by
                -----  ----  -----  --------
                conv1  0.25   12 %  memory
                """);
    }

    @Test
    void aNarrowTerminalGetsTheColumnsThatTellMost() {
        assertThat(table().text(28)).isEqualTo(table().toString());
        assertThat(table().text(27)).isEqualTo("""
                layer    ms  share
                -----  ----  -----
                conv1  0.25   12 %
                """);
        assertThat(table().text(5)).isEqualTo("""
                layer    ms
                -----  ----
                conv1  0.25
                """);
    }
}
