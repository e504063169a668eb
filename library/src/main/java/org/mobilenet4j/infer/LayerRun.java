package org.mobilenet4j.infer;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/// One layer of a plan by itself, to be run over and over on one thread: for benchmarks of kernels just as a network
/// uses them, with its strides, borders and folded weights. What it computes is of no use.
public final class LayerRun {
    private final Step step;
    private final float[] memory;

    LayerRun(Step step, float[] memory) {
        this.step = step;
        this.memory = memory;
    }

    /// The layer called `layer`, with the kernel that `plan` has now and a whole image's values in memory.
    ///
    /// @throws IllegalArgumentException when the plan has no such layer, or has made it part of another
    public static LayerRun of(Plan plan, String layer) {
        var steps = plan.steps();
        var step = steps.stream()
                .filter(candidate -> candidate.name().equals(layer))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the plan of "
                        + plan.model().network().name() + " has no layer called " + layer + "; it has "
                        + names(steps)));
        var memory = plan.newMemory();
        plan.run(image(plan), 0, 1, new float[plan.outputShape().elements()], new float[][] {memory});
        return new LayerRun(step, memory);
    }

    /// Computes the layer once.
    public void run() {
        step.run(memory, 0, step.kernel().units());
    }

    /// Mult-adds of one run.
    public long multAdds() {
        return step.work().multAdds();
    }

    /// The layer with the times that its runs took.
    LayerTime timed(Times times) {
        return new LayerTime(step.layers(), step.work().multAdds(), step.work().bytes(), times.medianMillis());
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

    private static String names(List<Step> steps) {
        return steps.stream().map(Step::name).collect(Collectors.joining(", "));
    }
}
