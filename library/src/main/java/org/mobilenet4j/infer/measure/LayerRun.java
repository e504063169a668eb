package org.mobilenet4j.infer.measure;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.infer.Plan;
import org.mobilenet4j.infer.StepRunner;

/// A single layer of a plan, to be run repeatedly on one thread: for benchmarks of kernels exactly as a network
/// uses them, with its strides, zero padding and folded weights. Its output is meaningless.
public final class LayerRun {
    private final StepRunner steps;
    private final int step;

    LayerRun(StepRunner steps, int step) {
        this.steps = steps;
        this.step = step;
    }

    /// The layer called `layer`, with the plan's current kernel and the activations of a whole image in memory.
    ///
    /// @throws IllegalArgumentException if the plan has no such layer, or has fused it into another
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

    /// The layer with the given run times.
    LayerTime timed(Times times) {
        return new LayerTime(steps.layers(step), steps.multAdds(step), steps.bytes(step), times.medianMillis());
    }

    /// Pseudorandom values, the same every time.
    static float[] image(Plan plan) {
        var image = new float[plan.inputShape().elements()];
        var random = new Random(1);
        for (int i = 0; i < image.length; i++) {
            image[i] = random.nextFloat(-1, 1);
        }
        return image;
    }

    /// Such as `LayerRun[conv_pw_1, conv_pw_1_relu]`.
    @Override
    public String toString() {
        return "LayerRun" + steps.layers(step);
    }
}
