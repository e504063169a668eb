package org.mobilenet4j.app.experiment;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.cost.Cost;
import org.mobilenet4j.train.EpochResult;

/// What came of one training, as `result.json` keeps it.
///
/// @param network its name
/// @param tensors a number made of the names and shapes of its weights
/// @param multAdds of one photo
/// @param teacher from whom it learned, or nothing
/// @param seed of the training
/// @param epochs how many
/// @param loss of the last epoch
/// @param trainTop1 share of the training photos that were right in the last epoch, augmented and on
///     the way
/// @param top1 share of the validation photos that the last epoch's averaged weights have right
/// @param top5 likewise among the five likeliest
/// @param seconds that it took
public record RunResult(
        String network,
        int tensors,
        long multAdds,
        @Nullable String teacher,
        long seed,
        int epochs,
        double loss,
        double trainTop1,
        double top1,
        double top5,
        double seconds) {
    static RunResult of(Arm arm, long seed, EpochResult last, double seconds) {
        return new RunResult(
                arm.network().name(),
                tensors(arm.network()),
                Cost.of(arm.network()).multAdds(),
                arm.teacher(),
                seed,
                last.epoch(),
                last.loss(),
                last.trainTop1(),
                last.top1(),
                last.top5(),
                seconds);
    }

    /// Whether it is a run of that network with that seed.
    boolean isOf(Arm arm, long wantedSeed) {
        return network.equals(arm.network().name())
                && tensors == tensors(arm.network())
                && multAdds == Cost.of(arm.network()).multAdds()
                && Objects.requireNonNullElse(teacher, "").equals(arm.teacher())
                && seed == wantedSeed;
    }

    private static int tensors(Network network) {
        return network.parameters().toString().hashCode();
    }
}
