package org.mobilenet4j.train;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Parameter.Role;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.train.optimize.AdamW;
import org.mobilenet4j.train.optimize.Checks;
import org.mobilenet4j.train.optimize.Optimizer;
import org.mobilenet4j.train.optimize.ParameterLayout;
import org.mobilenet4j.train.optimize.RmsProp;
import org.mobilenet4j.train.optimize.Schedule;
import org.mobilenet4j.train.optimize.Sgd;

/// The hyperparameters of a training run.
///
/// @param optimizer the update rule
/// @param rate the peak learning rate
/// @param schedule how the learning rate changes
/// @param warmup initial epochs in which the rate rises linearly; a staircase starts after them
/// @param decayFactor factor of the learning rate, applied every `decayEpochs` epochs of a staircase
/// @param decayEpochs epochs between two learning rates of a staircase
/// @param weightDecay weight decay of kernels
/// @param depthwiseDecay weight decay of depthwise kernels: little or none, as they have so few weights (section
///     3.2 of the paper); biases and batch normalization have none
/// @param labelSmoothing see [org.mobilenet4j.train.loss.SoftmaxCrossEntropy]
/// @param averageDecay decay of the exponential moving average of the weights, which is what is saved; 0 for no
///     average
/// @param batchNormDecay decay of batch normalization's moving statistics
/// @param clipNorm maximum norm of the gradient, which is scaled down if longer; 0 for no clipping
/// @param scalePenalty L1 penalty on the scales (gamma) of batch normalizations: channels whose scale it takes to zero
///     can be pruned (network slimming, Liu et al., arXiv 1708.06519, with 1e-5 to 1e-4)
/// @param batch images per step
/// @param epochs passes over the training photos
/// @param precision of matrix products
public record Recipe(
        Optimizer optimizer,
        double rate,
        ScheduleKind schedule,
        double warmup,
        double decayFactor,
        double decayEpochs,
        double weightDecay,
        double depthwiseDecay,
        double labelSmoothing,
        double averageDecay,
        double batchNormDecay,
        double clipNorm,
        double scalePenalty,
        int batch,
        int epochs,
        Precision precision) {
    private static final String PRECISION = "precision";

    /// Current names of renamed settings, by their old names.
    private static final Map<String, String> RENAMED =
            Map.of("course", "schedule", "factor", "decay-factor", "every", "decay-epochs", "decay", "weight-decay");

    /// How the learning rate changes from step to step; see [Schedule].
    public enum ScheduleKind {
        CONSTANT,
        STAIRCASE,
        COSINE
    }

    public Recipe {
        Objects.requireNonNull(optimizer, "optimizer");
        Objects.requireNonNull(schedule, "schedule");
        Checks.positive("the learning rate", rate);
        Checks.notNegative("the number of warm-up epochs", warmup);
        Checks.positive("the decay factor of the learning rate", decayFactor);
        Checks.positive("the number of epochs between two learning rates", decayEpochs);
        Checks.notNegative("weight decay", weightDecay);
        Checks.notNegative("the depthwise kernels' weight decay", depthwiseDecay);
        Checks.share("label smoothing", labelSmoothing);
        Checks.share("the decay of the weights' average", averageDecay);
        Checks.share("the decay of batch normalization's statistics", batchNormDecay);
        Checks.notNegative("the maximum norm of gradients", clipNorm);
        Checks.notNegative("the penalty on scales", scalePenalty);
        Checks.count("the batch", batch);
        Checks.count("the number of epochs", epochs);
    }

    /// For short training from scratch: Nesterov momentum, a cosine schedule with warm-up, label smoothing,
    /// averaged weights.
    public static final Recipe DEFAULT = new Recipe(
            new Sgd(0.9, true),
            0.3,
            ScheduleKind.COSINE,
            1,
            1,
            1,
            4e-5,
            0,
            0.1,
            0.998,
            0.97,
            0,
            0,
            128,
            30,
            Precision.FLOAT32);

    /// For fine-tuning on few photos: moving averages over about ten steps, as there are so few.
    public static final Recipe FINE_TUNING = DEFAULT.withRate(0.06)
            .withBatch(32)
            .withEpochs(16)
            .with("average-decay", "0.9")
            .with("batch-norm-decay", "0.9");

    /// For fine-tuning a network whose batch normalizations were folded into its convolutions, as TFLite files have
    /// them: nothing holds the scale of its feature maps any more, so a rate above this one destroys it.
    public static final Recipe FOLDED = FINE_TUNING.withRate(5e-5);

    /// For fine-tuning a network whose batch normalizations were put back ([UnfoldedModel]).
    public static final Recipe UNFOLDED = FINE_TUNING.withRate(0.01);

    /// For quantization-aware training of a trained network: an even smaller rate, for weights with batch
    /// normalization folded in, and no weight decay.
    public static final Recipe QUANTIZATION = DEFAULT.withRate(0.002)
            .withBatch(64)
            .withEpochs(3)
            .with("warmup", "0.05")
            .with("weight-decay", "0")
            .with("average-decay", "0.99");

    /// For detectors that start from a classifier, on a few hundred photos.
    /// AdamW, whose steps are about as long whatever the gradient: that of fresh predictors or of a trained body.
    public static final Recipe DETECTION = DEFAULT.with("optimizer", "adamw")
            .with("weight-decay", "0.02")
            .withRate(0.001)
            .withBatch(12)
            .withEpochs(60)
            .with("label-smoothing", "0")
            .with("average-decay", "0.99")
            .with("batch-norm-decay", "0.97")
            .with("clip-norm", "10");

    /// The paper's: RMSProp as in TensorFlow, little augmentation, no decay of depthwise kernels. What the paper
    /// leaves open follows TF-Slim's `train_image_classifier.py`: rate 0.01, multiplied by 0.94 every two epochs.
    public static final Recipe PAPER = new Recipe(
            RmsProp.tensorFlow(),
            0.01,
            ScheduleKind.STAIRCASE,
            0,
            0.94,
            2,
            4e-5,
            0,
            0,
            0.9999,
            0.9997,
            0,
            0,
            64,
            100,
            Precision.FLOAT32);

    /// TF-Slim's `mobilenet_v1_train.py`: plain SGD in batches of 64, rate 0.045, multiplied by 0.94 every 2.5 epochs.
    public static final Recipe TF_SLIM = new Recipe(
            new Sgd(0, false),
            0.045,
            ScheduleKind.STAIRCASE,
            0,
            0.94,
            2.5,
            4e-5,
            0,
            0,
            0,
            0.9997,
            0,
            0,
            64,
            100,
            Precision.FLOAT32);

    /// Presets by name.
    public static final Map<String, Recipe> PRESETS = Map.of(
            "default",
            DEFAULT,
            "fine-tuning",
            FINE_TUNING,
            "folded",
            FOLDED,
            "unfolded",
            UNFOLDED,
            "quantization",
            QUANTIZATION,
            "detection",
            DETECTION,
            "paper",
            PAPER,
            "tf-slim",
            TF_SLIM);

    /// The preset's name for fine-tuning `network`.
    public static String forFineTuning(Network network) {
        boolean isNormalized = network.nodes().stream().anyMatch(node -> node.layer() instanceof BatchNorm);
        return isNormalized ? "fine-tuning" : "folded";
    }

    /// With another optimizer; if it is of another kind, with a rate and a weight decay that suit it as this recipe's
    /// suit its own.
    public Recipe withOptimizer(Optimizer other) {
        var changed = with("optimizer", other.toString());
        if (other.getClass().equals(optimizer.getClass())) {
            return changed;
        }
        var own = Usual.of(optimizer);
        var usual = Usual.of(other);
        return changed.withRate(rate / own.rate * usual.rate)
                .with("weight-decay", String.valueOf(weightDecay / own.decay * usual.decay));
    }

    /// Rate and weight decay that suit an optimizer, of which only the ratios count. A step of AdamW is about the rate
    /// long whatever the gradient, and its decay is not part of the gradient.
    private record Usual(double rate, double decay) {
        static Usual of(Optimizer optimizer) {
            return switch (optimizer) {
                case Sgd _ -> new Usual(0.3, 4e-5);
                case RmsProp prop ->
                    prop.flavor() == RmsProp.Flavor.TENSORFLOW ? new Usual(0.02, 4e-5) : new Usual(0.001, 4e-5);
                case AdamW _ -> new Usual(0.003, 0.02);
            };
        }
    }

    /// The current name of setting `name`.
    public static String settingNamed(String name) {
        Objects.requireNonNull(name, "name");
        return RENAMED.getOrDefault(name, name);
    }

    /// With another learning rate.
    public Recipe withRate(double newRate) {
        return with("rate", String.valueOf(newRate));
    }

    /// With another batch size; the rate is unchanged, although it should usually change in proportion.
    public Recipe withBatch(int newBatch) {
        return with("batch", String.valueOf(newBatch));
    }

    /// With another number of epochs.
    public Recipe withEpochs(int newEpochs) {
        return with("epochs", String.valueOf(newEpochs));
    }

    /// With another precision of matrix products.
    public Recipe withPrecision(Precision newPrecision) {
        return with(PRECISION, newPrecision.toString());
    }

    /// With another value for a setting, given by its name in [#settings] or its old name.
    ///
    /// @throws IllegalArgumentException if there is no such setting, or `value` is invalid for it
    public Recipe with(String setting, String value) {
        var settings = settings();
        if (setting.equals(PRECISION)) {
            settings.put(setting, value);
        } else if (settings.replace(settingNamed(setting), value) == null) {
            throw new BadValueException("a recipe has no setting " + setting + "; it has "
                    + String.join(", ", settings.keySet()) + ", " + PRECISION);
        }
        return of(settings);
    }

    /// All settings as text, in order; the precision only if it is not the usual one, as there was none before.
    public SequencedMap<String, String> settings() {
        var all = new LinkedHashMap<String, String>();
        all.put("optimizer", optimizer.toString());
        all.put("rate", String.valueOf(rate));
        all.put("schedule", schedule.name().toLowerCase(Locale.ROOT));
        all.put("warmup", String.valueOf(warmup));
        all.put("decay-factor", String.valueOf(decayFactor));
        all.put("decay-epochs", String.valueOf(decayEpochs));
        all.put("weight-decay", String.valueOf(weightDecay));
        all.put("depthwise-decay", String.valueOf(depthwiseDecay));
        all.put("label-smoothing", String.valueOf(labelSmoothing));
        all.put("average-decay", String.valueOf(averageDecay));
        all.put("batch-norm-decay", String.valueOf(batchNormDecay));
        all.put("clip-norm", String.valueOf(clipNorm));
        all.put("scale-penalty", String.valueOf(scalePenalty));
        all.put("batch", String.valueOf(batch));
        all.put("epochs", String.valueOf(epochs));
        if (precision != Precision.FLOAT32) {
            all.put(PRECISION, precision.toString());
        }
        return all;
    }

    /// Parses the output of [#settings], including old names of settings.
    ///
    /// @throws IllegalArgumentException if a setting is missing or invalid
    public static Recipe of(Map<String, String> given) {
        var settings = new LinkedHashMap<String, String>();
        given.forEach((name, value) -> settings.put(settingNamed(name), value));
        return new Recipe(
                Optimizer.parse(text(settings, "optimizer")),
                number(settings, "rate"),
                schedule(text(settings, "schedule")),
                number(settings, "warmup"),
                number(settings, "decay-factor"),
                number(settings, "decay-epochs"),
                number(settings, "weight-decay"),
                number(settings, "depthwise-decay"),
                number(settings, "label-smoothing"),
                number(settings, "average-decay"),
                number(settings, "batch-norm-decay"),
                number(settings, "clip-norm"),
                number(settings, "scale-penalty"),
                whole(settings, "batch"),
                whole(settings, "epochs"),
                Precision.parse(settings.getOrDefault(PRECISION, Precision.FLOAT32.toString())));
    }

    private static String text(Map<String, String> settings, String name) {
        var text = settings.get(name);
        if (text == null) {
            throw new BadValueException("a recipe needs the setting " + name);
        }
        return text;
    }

    private static double number(Map<String, String> settings, String name) {
        var text = text(settings, name);
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new BadValueException("a recipe's " + name + " must be a number, not " + text, e);
        }
    }

    private static int whole(Map<String, String> settings, String name) {
        double number = number(settings, name);
        if (number != (int) number) {
            throw new BadValueException("a recipe's " + name + " must be an integer, not " + number);
        }
        return (int) number;
    }

    private static ScheduleKind schedule(String text) {
        for (var course : ScheduleKind.values()) {
            if (course.name().equalsIgnoreCase(text)) {
                return course;
            }
        }
        throw new BadValueException("a recipe's schedule must be constant, staircase or cosine, not " + text);
    }

    /// The learning rate of every step.
    ///
    /// @param stepsPerEpoch number of batches per epoch
    public Schedule learningRates(long stepsPerEpoch) {
        long rising = (long) (warmup * stepsPerEpoch);
        return switch (schedule) {
            case CONSTANT -> warmedUp(rising, new Schedule.Constant(rate));
            case STAIRCASE ->
                warmedUp(rising, new Schedule.Staircase(rate, decayFactor, Math.max(1, (long)
                        (decayEpochs * stepsPerEpoch))));
            case COSINE -> {
                long steps = stepsPerEpoch * epochs;
                yield new Schedule.Cosine(rate, Math.min(steps - 1, rising), steps);
            }
        };
    }

    private static Schedule warmedUp(long steps, Schedule then) {
        return steps == 0 ? then : new Schedule.WarmUp(steps, then);
    }

    /// The weight decay of one tensor.
    double decayOf(ParameterLayout.Place place) {
        if (place.role() != Role.WEIGHT) {
            return 0;
        }
        return place.isDepthwise() ? depthwiseDecay : weightDecay;
    }

    /// The L1 penalty on one tensor.
    double penaltyOn(ParameterLayout.Place place) {
        return place.name().endsWith("/gamma") ? scalePenalty : 0;
    }
}
