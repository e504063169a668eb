package org.mobilenet4j.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.infer.measure.Repetition;
import org.mobilenet4j.tensor.Shape;

/// What a profile says of a small network: every pass where it belongs, with the work that it does.
class TrainingProfileTest {
    private static final int BATCH = 6;

    private static final Network NETWORK = new Network(
            "small",
            new Shape(8, 8, 16),
            Sequence.of(
                    Conv.pointwise("first", 32),
                    new BatchNorm("first_bn"),
                    Activation.relu("first_relu"),
                    DepthwiseConv.of("second", Window.square(3, 1, Padding.SAME)),
                    new BatchNorm("second_bn"),
                    new GlobalAveragePool("pool"),
                    Dense.of("scores", 10)));

    private static final TrainerOptions OPTIONS =
            TrainerOptions.of(Recipe.DEFAULT.withBatch(BATCH)).withThreads(2);

    private static TrainingProfile profile() {
        return TrainingProfile.of(NETWORK, OPTIONS, new Repetition(1, 0), new Repetition(3, Long.MAX_VALUE));
    }

    private static List<String> passes(TrainingProfile profile, String layer, String phase) {
        return profile.passes().stream()
                .filter(pass -> pass.layer().equals(layer) && pass.phase().equals(phase))
                .map(PassTime::pass)
                .filter(pass -> !pass.equals("waiting"))
                .toList();
    }

    private static long multAdds(TrainingProfile profile, String layer, String phase, String name) {
        return profile.passes().stream()
                .filter(pass -> pass.layer().equals(layer))
                .filter(pass -> pass.phase().equals(phase) && pass.pass().equals(name))
                .mapToLong(PassTime::multAdds)
                .sum();
    }

    @Test
    void everyPassStandsAtItsLayer() {
        var profile = profile();

        assertThat(profile.steps()).isEqualTo(3);
        assertThat(profile.batch()).isEqualTo(BATCH);
        assertThat(passes(profile, "first", "forward")).containsExactly("product", "statistics", "other");
        assertThat(passes(profile, "first", "backward"))
                .containsExactly("gradient through normalization", "weight gradient", "other");
        assertThat(passes(profile, "second", "forward"))
                .containsExactly("normalizing", "depthwise filter", "statistics", "other");
        assertThat(passes(profile, "second", "backward"))
                .containsExactly(
                        "normalizing",
                        "depthwise filter",
                        "gradient through normalization",
                        "weight gradient",
                        "gradient through activation",
                        "other");
        assertThat(passes(profile, "all layers", "prepare")).contains("packing");
        assertThat(passes(profile, "all layers", "loss")).containsExactly("other");
        assertThat(passes(profile, "all layers", "update")).contains("other");
    }

    @Test
    void workIsThatOfTheLayers() {
        var profile = profile();
        long pixels = BATCH * 64L;

        assertThat(multAdds(profile, "first", "forward", "product")).isEqualTo(pixels * 16 * 32);
        assertThat(multAdds(profile, "first", "backward", "weight gradient")).isEqualTo(pixels * 16 * 32);
        assertThat(multAdds(profile, "second", "forward", "depthwise filter")).isEqualTo(pixels * 9 * 32);
        assertThat(multAdds(profile, "second", "backward", "weight gradient")).isEqualTo(pixels * 9 * 32);
        assertThat(multAdds(profile, "scores", "backward", "product")).isEqualTo(BATCH * 32L * 10);
        assertThat(profile.mapBytes()).isEqualTo(4L * BATCH * (64 * 32 * 2 + 32 + 16));
    }

    @Test
    void timesAddUpToAStep() {
        assertThat(profile().passes())
                .allSatisfy(pass -> assertThat(pass.medianMillis()).isNotNegative());
        assertThat(profile().medianMillis()).isPositive();
    }
}
