package org.mobilenet4j.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ValidationTest {
    private static final float NAN = Float.NaN;

    private static int better(int label, float... scores) {
        return Validation.better(scores, 0, scores.length, label);
    }

    @Test
    void countsWhatScoresHigher() {
        assertThat(better(0, 0.5f, 0.3f, 0.2f)).isZero();
        assertThat(better(1, 0.5f, 0.3f, 0.2f)).isOne();
        assertThat(better(2, 0.5f, 0.3f, 0.2f)).isEqualTo(2);
    }

    @Test
    void ofEqualScoresTheFirstClassIsNamedFirst() {
        assertThat(better(0, 0.4f, 0.4f, 0.2f)).isZero();
        assertThat(better(1, 0.4f, 0.4f, 0.2f)).isOne();
        assertThat(better(2, 0, 0, 0)).isEqualTo(2);
    }

    @Test
    void aNanIsNeverRight() {
        assertThat(better(0, NAN, 0, 0)).isEqualTo(3);
        assertThat(better(0, NAN, NAN, NAN)).isEqualTo(3);
        assertThat(better(1, NAN, 1, 0)).as("nor is anything behind it").isOne();
    }

    @Test
    void readsOneImageOfABatch() {
        assertThat(Validation.better(new float[] {9, 9, 1, 2}, 2, 2, 1)).isZero();
    }
}
