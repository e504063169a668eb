package org.mobilenet4j.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AgreementTest {
    private final Agreement agreement = new Agreement(new float[] {0.5f, -2, 0.25f}, Agreement.FLOATS);

    @Test
    void saysTheLargestDifferenceAsAShareOfTheLargestOutput() {
        assertThat(agreement.check("x", new float[] {0.5f, -2, 0.25f})).isZero();
        assertThat(agreement.check("x", new float[] {0.5001f, -2, 0.25f})).isEqualTo(5e-5, within(1e-7));
    }

    @Test
    void refusesWhatIsOverTheLimit() {
        assertThatThrownBy(() -> agreement.check("x", new float[] {0.5003f, -2, 0.25f}))
                .hasMessageMatching("x: its outputs are wrong: .*1\\.\\d+E-4 of the largest.*");
        assertThat(agreement.check("x", new float[] {0.5003f, -2, 0.25f}, 1e-3)).isEqualTo(1.5e-4, within(1e-7));
        assertThatThrownBy(() -> agreement.check("x", new float[] {Float.NaN, -2, 0.25f}))
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> agreement.check("x", new float[] {0.5f, -2})).hasMessage("x: gave 2 outputs, not 3");
    }
}
