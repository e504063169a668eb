package org.mobilenet4j.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OneLineTest {
    @Test
    void whatIsNoPartOfALineIsReplaced() {
        assertThat(OneLine.of("a\nb\r\u001b[31m\u2028\u202e\u0000\ud800é 日本 😀"))
                .isEqualTo("a?b??[31m????é 日本 😀");
    }

    @Test
    void longTextsAreCut() {
        assertThat(OneLine.of("😀".repeat(400))).isEqualTo("😀".repeat(400));
        assertThat(OneLine.of("😀".repeat(401))).isEqualTo("😀".repeat(400) + "...");
    }
}
