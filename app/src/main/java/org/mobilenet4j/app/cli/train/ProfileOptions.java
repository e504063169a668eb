package org.mobilenet4j.app.cli.train;

import org.mobilenet4j.app.cli.options.OptionGroup;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.infer.measure.Machine;
import org.mobilenet4j.infer.measure.Repetition;
import org.mobilenet4j.train.Precision;
import org.mobilenet4j.train.TrainerOptions;
import org.mobilenet4j.train.TrainingProfile;
import picocli.CommandLine.Option;

/// Options to profile a training step instead of training.
@OptionGroup("Profiling")
final class ProfileOptions {
    private static final double MOST_SECONDS = 3_600;
    private static final int MOST_STEPS = 1_000;

    @Option(
            names = "--profile",
            description =
                    "Instead of training, time each layer and pass of a step, on noise; DATA and --out may be left"
                            + " out.")
    private boolean isProfile;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "Seconds to measure with --profile, after as many to warm up (default: 6; at most 3600).")
    private double seconds = 6;

    boolean isProfile() {
        return isProfile;
    }

    /// Profiles steps on all threads of `options`.
    StepProfile run(Network network, TrainerOptions options) {
        if (!(seconds > 0 && seconds <= MOST_SECONDS)) {
            throw new BadValueException("--seconds must be above 0 and at most 3600, not " + seconds);
        }
        var repetition = new Repetition(MOST_STEPS, (long) (seconds * 1e9));
        var profile = TrainingProfile.of(network, options, repetition, repetition);
        var machine = options.recipe().precision() == Precision.BFLOAT16
                ? Machine.measureBfloat16(profile.mapBytes())
                : Machine.measure(profile.mapBytes());
        return StepProfile.of(network.name(), profile, machine);
    }
}
