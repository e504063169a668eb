package org.mobilenet4j.infer.measure;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.infer.Plan;
import org.mobilenet4j.infer.StepRunner;

/// One layer of a plan by itself, to be run over and over on one thread: for benchmarks of kernels just as a network
/// uses them, with its strides, borders and folded weights. What it computes is of no use.
public final class LayerRun {
    private final StepRunner steps;
    private final int step;

    LayerRun(StepRunner steps, int step) {
        this.steps = steps;
        this.step = step;
    }

    /// The layer called `layer`, with the kernel that `plan` has now and a whole image's values in memory.
    ///
    /// @throws IllegalArgumentException when the plan has no such layer, or has made it part of another
    public static LayerRun of(Plan plan, String layer) {
        var steps = StepRunner.open(plan);
        int step = names(steps).indexOf(layer);
        if (step < 0) {
            throw new BadValueException("the plan of " + plan.model().network().name() + " has no layer called " + layer
                    + "; it has " + String.join(", ", names(steps)));
        }
        steps.load(image(plan));
        for (int i = 0; i < steps.count(); i++) {
            steps.run(i);
        }
        return new LayerRun(steps, step);
    }

    private static List<String> names(StepRunner steps) {
        return IntStream.range(0, steps.count())
                .mapToObj(step -> String.join("+", steps.layers(step)))
                .toList();
    }

    /// Computes the layer once.
    public void run() {
        steps.run(step);
    }

    /// Mult-adds of one run.
    public long multAdds() {
        return steps.multAdds(step);
    }

    /// The layer with the times that its runs took.
    LayerTime timed(Times times) {
        return new LayerTime(steps.layers(step), steps.multAdds(step), steps.bytes(step), times.medianMillis());
    }

    /// Noise, the same every time.
    static float[] image(Plan plan) {
        var image = new float[plan.inputShape().elements()];
        var random = new Random(1);
        for (int i = 0; i < image.length; i++) {
            image[i] = random.nextFloat(-1, 1);
        }
        return image;
    }
}
