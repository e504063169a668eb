package org.mobilenet4j.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NearestNameTest {
    private static final List<String> KNOWN =
            List.of("cost", "classify", "compare", "mobilenet-v1", "mobilenet_v1_0.25_128", "mobilenet_v1_0.25_160");

    @ParameterizedTest
    @CsvSource({
        "clasify, classify",
        "calssify, classify",
        "classifyy, classify",
        "CLASSIFY, classify",
        "class, classify",
        "csot, cost",
        "mobilenet_v1, mobilenet-v1",
        "mobilnet-v1, mobilenet-v1",
        "mobilenet_v1_0.25_12, mobilenet_v1_0.25_128",
        "mobilenet_v1_025_160, mobilenet_v1_0.25_160"
    })
    void findsWhatWasMeant(String word, String meant) {
        assertThat(NearestName.of(word, KNOWN)).contains(meant);
        assertThat(NearestName.hint(word, KNOWN)).isEqualTo("; did you mean " + meant + "?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "co", "paint", "resnet50", "classification"})
    void isSilentWhereNoneIsNear(String word) {
        assertThat(NearestName.hint(word, KNOWN)).isEmpty();
    }

    @Test
    void longWordsCostNothing() {
        assertThat(NearestName.of("a".repeat(1 << 20), List.of("b".repeat(1 << 20), "cost")))
                .isEmpty();
        assertThat(NearestName.of("cost", List.of("cost".repeat(1 << 18), "costs")))
                .hasValue("costs");
    }
}
