package org.mobilenet4j.train;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.infer.measure.Repetition;
import org.mobilenet4j.infer.measure.Times;
import org.mobilenet4j.train.graph.StageLabel;
import org.mobilenet4j.train.measure.Pass;
import org.mobilenet4j.train.measure.StepClock;

/// The time of one training step, pass by pass, on all threads.
///
/// @param steps how many were timed
/// @param threads that shared each step
/// @param batch images a step
/// @param mapBytes bytes of all feature maps of a batch
/// @param passes in the order in which a step begins them
public record TrainingProfile(int steps, int threads, int batch, long mapBytes, List<PassTime> passes) {
    public TrainingProfile {
        Objects.requireNonNull(passes, "passes");
        passes = List.copyOf(passes);
    }

    /// Times and work of a pass in one step.
    private record Sum(long nanos, long multAdds, long bytes) {
        static final Sum NOTHING = new Sum(0, 0, 0);

        Sum plus(StepClock.Entry entry) {
            return new Sum(nanos + entry.nanos(), multAdds + entry.multAdds(), bytes + entry.bytes());
        }
    }

    /// Trains on random images: `warmUp` until all is compiled, then `repetition` with a clock around each kernel.
    ///
    /// @throws IllegalArgumentException as [Trainer] states
    public static TrainingProfile of(
            Network network, TrainerOptions options, Repetition warmUp, Repetition repetition) {
        var clock = new StepClock();
        var trainer = new Trainer(
                network, network, InitialWeights.of(network, options.seed()), options, Optional.empty(), clock);
        int batch = options.recipe().batch();
        var random = new Random(1);
        var images = new float[Math.multiplyExact(batch, network.input().elements())];
        for (int i = 0; i < images.length; i++) {
            images[i] = random.nextFloat(-1, 1);
        }
        var loss = options.lossOf(network);
        int outputs = network.output().elements();
        int width = loss.targets(outputs);
        var targets = new float[batch * width];
        for (int image = 0; image < batch; image++) {
            targets[image * width + random.nextInt(loss.classes(outputs))] = 1;
        }
        Runnable step = () -> trainer.step(images, targets, batch, 1e-6);
        warmUp.run(step);
        var steps = new ArrayList<Map<StageLabel, Map<Pass, Sum>>>();
        repetition.run(() -> steps.add(sums(clock.time(step))));
        return new TrainingProfile(
                steps.size(), clock.threads(), batch, trainer.mapBytes(), times(steps, clock.threads()));
    }

    private static Map<StageLabel, Map<Pass, Sum>> sums(List<StepClock.Entry> entries) {
        var sums = new LinkedHashMap<StageLabel, Map<Pass, Sum>>();
        for (var entry : entries) {
            var passes = sums.computeIfAbsent(entry.stage(), _ -> new EnumMap<>(Pass.class));
            passes.put(
                    entry.pass(), passes.getOrDefault(entry.pass(), Sum.NOTHING).plus(entry));
        }
        return sums;
    }

    private static List<PassTime> times(List<Map<StageLabel, Map<Pass, Sum>>> steps, int threads) {
        var times = new ArrayList<PassTime>();
        steps.getLast()
                .forEach((stage, passes) -> passes.forEach((pass, work) -> {
                    var nanos = steps.stream()
                            .mapToLong(step -> step.getOrDefault(stage, Map.of())
                                    .getOrDefault(pass, Sum.NOTHING)
                                    .nanos());
                    var all = Times.of(nanos);
                    times.add(new PassTime(
                            stage.layer(),
                            stage.phase().name().toLowerCase(Locale.ROOT),
                            pass.text(),
                            work.multAdds(),
                            work.bytes(),
                            all.medianMillis() / threads,
                            all.minMillis() / threads));
                }));
        return times;
    }

    /// The sum of the passes' times: about that of a step.
    public double medianMillis() {
        return passes.stream().mapToDouble(PassTime::medianMillis).sum();
    }
}
