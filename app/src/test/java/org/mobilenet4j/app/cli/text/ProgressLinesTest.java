package org.mobilenet4j.app.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressLinesTest {
    @Test
    void aLineNowAndThen() throws InterruptedException {
        var bytes = new ByteArrayOutputStream();
        var err = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        var often = new ProgressLines("epoch 1/2", 500, 20_000_000);
        for (int i = 0; i < 3; i++) {
            often.step(err);
        }
        Thread.sleep(30);
        often.say("loss 1.5");
        for (int i = 0; i < 3; i++) {
            often.step(err);
        }
        var seldom = new ProgressLines("looking", -1, 60_000_000_000L);
        seldom.step(err);

        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualToIgnoringNewLines("epoch 1/2: 4 of 500, loss 1.5\n");
    }
}
