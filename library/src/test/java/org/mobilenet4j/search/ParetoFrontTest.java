package org.mobilenet4j.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.arch.zoo.MobileNetV1;

class ParetoFrontTest {
    private static Candidate candidate(double alpha, int resolution, double top1) {
        return Candidate.of(
                alpha + "-" + resolution,
                MobileNetV1.of(alpha, resolution, 1001).network(),
                top1);
    }

    /// TF-Slim's published accuracies (reference.md).
    private static final List<Candidate> CANDIDATES = List.of(
            candidate(1, 128, .652),
            candidate(0.75, 160, .653),
            candidate(0.75, 128, .621),
            candidate(0.5, 192, .617),
            candidate(0.5, 160, .591));

    @Test
    void leavesOutWhatIsBeaten() {
        assertThat(ParetoFront.of(CANDIDATES, Resource.MULT_ADDS).members())
                .extracting(Candidate::name)
                .containsExactly("0.5-160", "0.75-128", "0.75-160");
        assertThat(ParetoFront.of(CANDIDATES, Resource.PARAMETERS).members())
                .as("as many parameters, so the more accurate one")
                .extracting(Candidate::name)
                .containsExactly("0.5-192", "0.75-160");
    }

    @Test
    void ofEqualsTheFirstIsTakenAndNoneThatTakesMore() {
        var large = candidate(0.5, 192, .6);
        var small = candidate(0.5, 160, .6);
        var wide = candidate(0.75, 128, .6);

        assertThat(ParetoFront.of(List.of(wide, large, small), Resource.PARAMETERS)
                        .members())
                .containsExactly(large);
        assertThat(ParetoFront.of(List.of(small, large, wide), Resource.PARAMETERS)
                        .members())
                .containsExactly(small);
    }

    @Test
    void resourcesAreThoseOfThePaper() {
        var small = candidate(0.5, 160, .591);

        assertThat(Resource.MULT_ADDS.of(small)).isEqualTo(76_525_312);
        assertThat(Resource.PARAMETERS.of(small)).isEqualTo(1_320_160);
        assertThat(Resource.FILE_SIZE.of(small))
                .isEqualTo(4.0 * small.cost().parameters().withStatistics());
        // Each channel of the first layer, of the depthwise ones, of the pointwise ones, and each class has a bias.
        int depthwise = 16 + 32 + 64 + 64 + 128 + 128 + 6 * 256 + 512;
        int pointwise = 32 + 64 + 64 + 128 + 128 + 6 * 256 + 512 + 512;
        assertThat(Resource.MEMORY.of(small))
                .isEqualTo(4.0 * (1_320_160 + 16 + depthwise + pointwise + 1001)
                        + small.cost().memory().peakBytes());
        assertThat(Resource.MILLIS.of(small.withMillis(1.5))).isEqualTo(1.5);
        assertThatThrownBy(() -> Resource.MILLIS.of(small)).hasMessageContaining("no latency");
    }

    @Test
    void limitsAreInclusiveAndTogether() {
        var limits = new Limits(Map.of(Resource.MULT_ADDS, 110e6, Resource.PARAMETERS, 1_320_160.0));

        assertThat(CANDIDATES.stream().filter(limits::allow))
                .extracting(Candidate::name)
                .containsExactly("0.5-192", "0.5-160");
        assertThatThrownBy(() -> new Limits(Map.of(Resource.MILLIS, 0.0)))
                .hasMessageContaining("milliseconds")
                .hasMessageContaining("above 0");
        assertThatThrownBy(() -> candidate(1, 128, 65.2)).hasMessageContaining("between 0 and 1");
    }
}
