package org.mobilenet4j.app.experiment.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.cost.Cost;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.train.EpochResult;

/// What came of one run, as `result.json` keeps it.
///
/// @param network its name
/// @param tensors a number made of the names and shapes of its weights
/// @param multAdds of one photo
/// @param teacher from whom it learned, or nothing
/// @param seed of the training
/// @param epochs how many; 0 where nothing was trained, and there is no loss then
/// @param loss of the last epoch
/// @param trainTop1 share of the training photos that were right in the last epoch, augmented and on
///     the way
/// @param top1 share of the validation photos that the last epoch's averaged weights have right
/// @param top5 likewise among the five likeliest
/// @param seconds that it took
/// @param integers where the weights were rounded
public record RunResult(
        String network,
        int tensors,
        long multAdds,
        @Nullable String teacher,
        long seed,
        int epochs,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double loss,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double trainTop1,
        double top1,
        double top5,
        double seconds,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integers integers) {
    /// Weights that were rounded.
    ///
    /// @param how, in words; the result depends on it
    /// @param weightBytes of kernels, biases and kernels' scales
    public record Integers(String how, long weightBytes) {
        public static Integers of(Quantized how, Model model) {
            long bytes = 0;
            for (var tensor : model.weights().tensors().values()) {
                bytes += tensor.bytes().byteSize();
                // A bias has the scale of its layer's sums, which nobody needs to store.
                bytes += tensor.type() == how.weights().type()
                        ? (long) Float.BYTES
                                * tensor.quantization().orElseThrow().channels()
                        : 0;
            }
            return new Integers(how.identity(), bytes);
        }
    }

    /// Of floats that were trained.
    public static RunResult of(Arm arm, long seed, EpochResult last, double seconds) {
        return new RunResult(
                arm.network().name(),
                tensors(arm.network()),
                Cost.of(arm.network()).multAdds(),
                arm.making() instanceof Trained ? arm.making().identity() : "",
                seed,
                last.epoch(),
                numberOrNull(last.loss()),
                numberOrNull(last.trainTop1()),
                last.top1(),
                last.top5(),
                seconds,
                null);
    }

    private static @Nullable Double numberOrNull(double value) {
        return Double.isNaN(value) ? null : (Double) value;
    }

    public RunResult withIntegers(Integers numbers) {
        return new RunResult(
                network, tensors, multAdds, teacher, seed, epochs, loss, trainTop1, top1, top5, seconds, numbers);
    }

    /// Whether it is a run of that arm with that seed.
    boolean isOf(Arm arm, long wantedSeed) {
        return network.equals(arm.network().name())
                && tensors == tensors(arm.network())
                && multAdds == Cost.of(arm.network()).multAdds()
                && identity().equals(arm.making().identity())
                && seed == wantedSeed;
    }

    private String identity() {
        return integers == null ? Objects.requireNonNullElse(teacher, "") : integers.how();
    }

    private static int tensors(Network network) {
        return network.parameters().toString().hashCode();
    }
}
