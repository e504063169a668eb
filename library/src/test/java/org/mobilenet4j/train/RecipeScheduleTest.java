package org.mobilenet4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.mobilenet4j.train.optimize.Schedule;

/// How a recipe's epochs become a schedule's steps.
class RecipeScheduleTest {
    @Test
    void everyCourseWarmsUp() {
        var warm = Recipe.DEFAULT.withRate(0.4).withEpochs(4).with("warmup", "0.5");

        assertThat(warm.learningRates(10)).isEqualTo(new Schedule.Cosine(0.4, 5, 40));
        var constant = warm.with("schedule", "constant").learningRates(10);
        assertThat(constant.rate(0)).isCloseTo(0.08, within(1e-12));
        assertThat(constant.rate(4)).isCloseTo(0.4, within(1e-12));
        assertThat(constant.rate(1_000_000)).isEqualTo(0.4);
        var stairs = warm.with("schedule", "staircase")
                .with("decay-factor", "0.5")
                .with("decay-epochs", "1.25")
                .learningRates(10);
        assertThat(stairs.rate(3)).isCloseTo(0.32, within(1e-12));
        assertThat(stairs.rate(5 + 11)).isEqualTo(0.4);
        assertThat(stairs.rate(5 + 12)).isEqualTo(0.2);
        assertThat(stairs.rate(5 + 24)).isEqualTo(0.1);
    }

    @Test
    void withoutWarmUpTheFirstStepHasTheWholeRate() {
        var cold = Recipe.DEFAULT.withRate(0.4).with("warmup", "0").with("schedule", "constant");

        assertThat(cold.learningRates(10)).isEqualTo(new Schedule.Constant(0.4));
    }

    /// Where one step is an epoch, a cosine still has a step to fall in.
    @Test
    void theShortestRunHasASchedule() {
        var shortest = Recipe.DEFAULT.withEpochs(1).learningRates(1);

        assertThat(shortest.rate(0)).isEqualTo(Recipe.DEFAULT.rate());
    }

    @Test
    void countsAreWhole() {
        assertThat(Recipe.DEFAULT.with("batch", "48.0").batch()).isEqualTo(48);
        assertThatThrownBy(() -> Recipe.DEFAULT.with("batch", "32.5")).hasMessageContaining("batch must be an integer");
        assertThatThrownBy(() -> Recipe.DEFAULT.with("epochs", "1e12"))
                .hasMessageContaining("epochs must be an integer");
        assertThatThrownBy(() -> Recipe.DEFAULT.with("epochs", "NaN"))
                .hasMessageContaining("epochs must be an integer");
        assertThatThrownBy(() -> Recipe.DEFAULT.withEpochs(0)).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> Recipe.DEFAULT.with("clip-norm", "-1")).hasMessageContaining("0 or more");
    }
}
