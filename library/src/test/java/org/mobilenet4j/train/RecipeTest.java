package org.mobilenet4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.model.FoldedModel;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.train.optimize.Optimizer;
import org.mobilenet4j.train.optimize.ParameterLayout;
import org.mobilenet4j.train.optimize.RmsProp;
import org.mobilenet4j.train.optimize.Schedule;

class RecipeTest {
    private static final Offset<Double> NEAR = Offset.offset(1e-12);

    @Test
    void settingsComeBack() {
        for (var recipe : Recipe.PRESETS.values()) {
            assertThat(Recipe.of(recipe.settings())).isEqualTo(recipe);
        }
    }

    @Test
    void namesOfBeforeStillCount() {
        var recipe = Recipe.DEFAULT
                .with("course", "staircase")
                .with("factor", "0.5")
                .with("every", "3")
                .with("decay", "0.25");

        assertThat(recipe.schedule()).isEqualTo(Recipe.ScheduleKind.STAIRCASE);
        assertThat(recipe.decayFactor()).isEqualTo(0.5);
        assertThat(recipe.decayEpochs()).isEqualTo(3);
        assertThat(recipe.weightDecay()).isEqualTo(0.25);
        var old = new LinkedHashMap<>(recipe.settings());
        old.put("course", old.remove("schedule"));
        old.put("decay", old.remove("weight-decay"));
        assertThat(Recipe.of(old)).isEqualTo(recipe);
    }

    /// Recipes without one were written down before there was another.
    @Test
    void theUsualPrecisionIsNotMentioned() {
        assertThat(Recipe.DEFAULT.settings()).doesNotContainKey("precision");
        var rounded = Recipe.DEFAULT.with("precision", "bf16");
        assertThat(rounded).isEqualTo(Recipe.DEFAULT.withPrecision(Precision.BFLOAT16));
        assertThat(Recipe.of(rounded.settings())).isEqualTo(rounded);
        assertThat(rounded.withPrecision(Precision.FLOAT32)).isEqualTo(Recipe.DEFAULT);
        assertThatThrownBy(() -> Recipe.DEFAULT.with("precision", "half")).hasMessageContaining("float32 or bf16");
        assertThatThrownBy(() -> Recipe.DEFAULT.with("precise", "1")).hasMessageContaining("epochs, precision");
    }

    /// A rate for descent would end AdamW's first step: each optimizer brings its own, unless both are alike.
    @Test
    void anotherOptimizerBringsItsRateAndDecay() {
        var adam = Recipe.DEFAULT.withOptimizer(Optimizer.parse("adamw"));
        assertThat(adam.rate()).isCloseTo(0.003, NEAR);
        assertThat(adam.weightDecay()).isCloseTo(0.02, NEAR);
        var tuning = Recipe.FINE_TUNING.withOptimizer(Optimizer.parse("adamw"));
        assertThat(tuning.rate()).isCloseTo(0.003 * Recipe.FINE_TUNING.rate() / Recipe.DEFAULT.rate(), NEAR);
        var plain = Recipe.DEFAULT.withOptimizer(Optimizer.parse("sgd:momentum=0.8"));
        assertThat(plain.rate()).isEqualTo(Recipe.DEFAULT.rate());
        assertThat(Recipe.of(adam.settings())).isEqualTo(adam);
    }

    /// What is folded has nothing that holds its scale.
    @Test
    void foldedNetworksAreTunedAtASmallRate() {
        var network = MobileNetV1.of(0.25, 32, 3).network();
        var model = new Model(network, InitialWeights.of(network, 1), List.of(), Preprocessing.TF_SLIM);
        assertThat(Recipe.forFineTuning(network)).isEqualTo("fine-tuning");
        assertThat(Recipe.forFineTuning(FoldedModel.of(model).network())).isEqualTo("folded");
        assertThat(Recipe.FOLDED.rate()).isLessThan(Recipe.FINE_TUNING.rate() / 5);
    }

    /// The paper's and TF-Slim's numbers; see the class for where they come from.
    @Test
    void presetsAreAsPublished() {
        assertThat(Recipe.TF_SLIM.rate()).isEqualTo(0.045);
        assertThat(Recipe.TF_SLIM.batch()).isEqualTo(64);
        // int(1271167 / 64 * 2.5) steps between two rates, as the script has it
        var slim = Recipe.TF_SLIM.learningRates(1271167 / 64);
        assertThat(slim.rate(0)).isCloseTo(0.045, NEAR);
        assertThat(slim.rate(50_000)).isCloseTo(0.045 * 0.94, NEAR);
        assertThat(Recipe.PAPER.optimizer()).isEqualTo(new RmsProp(0.9, 0.9, 1, RmsProp.Flavor.TENSORFLOW));
        assertThat(Recipe.PAPER.depthwiseDecay()).isZero();
        assertThat(Recipe.PAPER.batchNormDecay()).isEqualTo(0.9997);
    }

    @Test
    void cosineRisesAndFalls() {
        var schedule = new Schedule.Cosine(0.4, 10, 110);
        assertThat(schedule.rate(0)).isCloseTo(0.04, NEAR);
        assertThat(schedule.rate(9)).isCloseTo(0.4, NEAR);
        assertThat(schedule.rate(10)).isCloseTo(0.4, NEAR);
        assertThat(schedule.rate(60)).isCloseTo(0.2, NEAR);
        assertThat(schedule.rate(110)).isCloseTo(0, NEAR);
        assertThat(schedule.rate(1_000)).isCloseTo(0, NEAR);
    }

    @Test
    void staircasesStep() {
        var schedule = new Schedule.Staircase(1, 0.5, 3);
        assertThat(schedule.rate(2)).isEqualTo(1);
        assertThat(schedule.rate(3)).isEqualTo(0.5);
        assertThat(schedule.rate(8)).isEqualTo(0.25);
    }

    @Test
    void onlyKernelsDecay() {
        var layout = ParameterLayout.of(MobileNetV1.of(0.25, 32, 5).network());
        var recipe = Recipe.DEFAULT.with("weight-decay", "0.25").with("depthwise-decay", "0.125");
        assertThat(recipe.decayOf(layout.place("conv_pw_3/kernel"))).isEqualTo(0.25);
        assertThat(recipe.decayOf(layout.place("conv_dw_3/depthwise_kernel"))).isEqualTo(0.125);
        assertThat(recipe.decayOf(layout.place("conv_preds/bias"))).isZero();
        assertThat(recipe.decayOf(layout.place("conv1_bn/gamma"))).isZero();
    }

    @Test
    void refusesOddSettings() {
        assertThatThrownBy(() -> Recipe.DEFAULT.with("speed", "1")).hasMessageContaining("no setting speed");
        assertThatThrownBy(() -> Recipe.DEFAULT.with("rate", "fast")).hasMessageContaining("must be a number");
        assertThatThrownBy(() -> Recipe.DEFAULT.withRate(-1)).hasMessageContaining("positive");
        assertThatThrownBy(() -> Recipe.DEFAULT.with("schedule", "up")).hasMessageContaining("cosine");
    }
}
