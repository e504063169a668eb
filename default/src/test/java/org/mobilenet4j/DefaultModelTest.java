package org.mobilenet4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// The network that comes with the project, as a program gets it.
class DefaultModelTest {
    /// Two for each of its weights.
    private static final long LEAST_BYTES = 2 * 1_970_000;

    private static final long MOST_BYTES = 6_000_000;

    @Test
    void isSmallAndWhole() {
        var model = DefaultModel.load();
        assertThat(model.classes()).isEqualTo(200);
        assertThat(model.labels()).contains("orange", "school bus", "goldfish").doesNotHaveDuplicates();
        assertThat(model.weights().nonFinite()).isEmpty();
        assertThat(model.notes()).containsKeys("recipe", "trained on", "seed");
        assertThat(DefaultModel.bytes()).isBetween(LEAST_BYTES, MOST_BYTES);
    }

    /// No other module may have this package, or none of them runs on the module path.
    @Test
    void isAllThatItsModuleHas() {
        assertThat(DefaultModel.class.getModule().getDescriptor().packages()).containsExactly("org.mobilenet4j");
    }

    @Test
    void comesWithItsTerms() throws IOException {
        try (var notice = DefaultModel.class.getModule().getResourceAsStream("META-INF/NOTICE")) {
            assertThat(notice).isNotNull();
            assertThat(new String(notice.readAllBytes(), StandardCharsets.UTF_8))
                    .contains("default.safetensors", "Tiny ImageNet", "non-commercial");
        }
    }
}
