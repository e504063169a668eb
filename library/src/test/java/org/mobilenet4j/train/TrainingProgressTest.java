package org.mobilenet4j.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TrainingProgressTest {
    private static TrainingProgress after(double... top1) {
        var progress = TrainingProgress.START;
        for (int i = 0; i < top1.length; i++) {
            progress = progress.afterEpoch(new EpochResult(i + 1, 0.1, 1, 0.5, top1[i], 1, 1));
        }
        return progress;
    }

    /// Of equal epochs the last has learned most; patience does not wait longer because of it.
    @Test
    void ofEqualEpochsTheLastIsKept() {
        var progress = after(0.5, 0.7, Double.NaN, 0.7, 0.6);
        assertThat(progress.bestEpoch()).isEqualTo(4);
        assertThat(progress.bestTop1()).isEqualTo(0.7);
        assertThat(progress.lastImprovement()).isEqualTo(2);
    }

    @Test
    void whatMayNotBeKeptIsNot() {
        var progress = after(0.9, 0.7, 0.7).withFirstKept(2);
        assertThat(progress.bestEpoch()).isEqualTo(3);
        assertThat(progress.lastImprovement()).isEqualTo(2);
        assertThat(after(Double.NaN).bestEpoch()).isZero();
        assertThat(TrainingProgress.START.lastImprovement()).isZero();
    }
}
