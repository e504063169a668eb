package org.mobilenet4j.infer.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.mobilenet4j.infer.Plan;
import org.mobilenet4j.infer.StepRunner;

/// The time of one image, layer by layer, on one thread.
///
/// @param runs number of images timed
/// @param layers the plan's steps, in order
public record Profile(int runs, List<LayerTime> layers) {
    public Profile {
        Objects.requireNonNull(layers, "layers");
        layers = List.copyOf(layers);
    }

    /// Runs `plan`, once it is warm, and times each of its steps; caches are in the state that the preceding steps
    /// left, as in any other run.
    public static Profile of(Plan plan, Repetition repetition) {
        plan.awaitWarm();
        var image = LayerRun.image(plan);
        var steps = StepRunner.open(plan);
        var layers = IntStream.range(0, steps.count())
                .mapToObj(step -> new LayerRun(steps, step))
                .toList();
        var nanos = layers.stream().map(_ -> LongStream.builder()).toList();
        int runs = repetition.run(() -> {
            steps.load(image);
            runAll(layers, nanos);
        });
        var timed = new ArrayList<LayerTime>();
        for (int i = 0; i < layers.size(); i++) {
            timed.add(layers.get(i).timed(Times.of(nanos.get(i).build())));
        }
        return new Profile(runs, timed);
    }

    private static void runAll(List<LayerRun> layers, List<LongStream.Builder> nanos) {
        long start = System.nanoTime();
        for (int i = 0; i < layers.size(); i++) {
            layers.get(i).run();
            long end = System.nanoTime();
            nanos.get(i).add(end - start);
            start = end;
        }
    }

    /// The sum of the layers' times.
    public double medianMillis() {
        return layers.stream().mapToDouble(LayerTime::medianMillis).sum();
    }
}
