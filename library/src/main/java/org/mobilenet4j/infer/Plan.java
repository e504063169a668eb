package org.mobilenet4j.infer;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.arch.Parameter;
import org.mobilenet4j.kernel.variant.KernelVariant;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.tensor.Shape;

/// A model made ready to run: operations fused, weights folded and packed, every map given its place in memory.
///
/// Make one plan and open a [Session] on it for each thread. Its first image is computed by plain loops, which
/// the JIT compiles soon; from the second on, faster kernels are packed and compiled in the background and
/// take over when they are ready. Machine code needs no compiling, so it is there from the start once the process knows
/// that it may run. The results are the same, bit for bit.
public final class Plan {
    private final PlanCompiler compiler;
    private final ActiveProgram program;
    /// What replaces the first program; null where nothing does.
    private final @Nullable WarmUp warmUp;

    private Plan(PlanCompiler compiler, SessionOptions.Kernels kernels) {
        KernelVariant.begin();
        this.compiler = compiler;
        this.program = new ActiveProgram(compiler, kernels);
        this.warmUp = kernels == SessionOptions.Kernels.AUTOMATIC ? new WarmUp(program) : null;
    }

    /// A plan that starts soon and gets fast.
    public static Plan of(Model model) {
        return of(model, SessionOptions.DEFAULT);
    }

    /// A plan with the kernels that are wanted.
    public static Plan of(Model model, SessionOptions.Kernels kernels) {
        return of(model, SessionOptions.DEFAULT.withKernels(kernels));
    }

    /// A plan with the kernels and the numbers that `options` want.
    ///
    /// @throws IllegalArgumentException when they want integers and the model is not quantized, or it has a
    ///     layer that cannot be computed with them
    public static Plan of(Model model, SessionOptions options) {
        return new Plan(PlanCompiler.joined(model, options.numbers()), options.kernels());
    }

    /// A plan in which every layer is a step of its own, a little slower than others: to look at layers one by one.
    public static Plan ofLayers(Model model, SessionOptions.Kernels kernels) {
        return new Plan(PlanCompiler.byLayer(model, SessionOptions.Numbers.AUTOMATIC), kernels);
    }

    /// A plan of which [LayerOutputs] can see each map that is stored; of floats, each layer's output apart from those
    /// of dropout and of convolutions before a batch normalization.
    static Plan ofMaps(Model model, SessionOptions.Numbers numbers) {
        return new Plan(PlanCompiler.byMap(model, numbers), SessionOptions.Kernels.AUTOMATIC);
    }

    /// Whether integers are computed with, and not floats.
    public boolean usesIntegers() {
        return compiler.usesIntegers();
    }

    /// Waits until the plan is as fast as it gets, some seconds in a process that has just started: for
    /// servers before they take requests, and for measurements.
    public void awaitWarm() {
        if (warmUp != null) {
            warmUp.await();
        }
    }

    /// Which kernels run by now: any but [SessionOptions.Kernels#AUTOMATIC].
    public SessionOptions.Kernels kernels() {
        return switch (program.variant()) {
            case SCALAR -> SessionOptions.Kernels.SCALAR;
            case VECTOR -> SessionOptions.Kernels.VECTOR;
            case MACHINE -> SessionOptions.Kernels.MACHINE;
        };
    }

    /// The same in words, with the width of vectors or the instructions that code is written in.
    public String kernelDescription() {
        return program.variant().description();
    }

    /// The model that this plan runs.
    public Model model() {
        return compiler.model();
    }

    /// The shape of one input image.
    public Shape inputShape() {
        return model().network().input();
    }

    /// The shape of one output.
    public Shape outputShape() {
        return model().network().output();
    }

    /// Bytes that the feature maps need at once, borders and strides included.
    public long peakActivationBytes() {
        return (long) compiler.memorySize() * Float.BYTES;
    }

    /// Bytes that one image touches: the feature maps' and the weights'.
    public long footprintBytes() {
        long weights = model().network().parameters().values().stream()
                .mapToLong(Parameter::size)
                .sum();
        return peakActivationBytes() + weights * Float.BYTES;
    }

    /// What runs the next image. Asking for it a second time says that speed is wanted.
    Program program() {
        if (warmUp != null) {
            warmUp.anotherImage();
        }
        return program.get();
    }

    /// @throws IllegalArgumentException when `image` does not have the values of just one
    void checkImage(float[] image) {
        if (image.length != inputShape().elements()) {
            throw new IllegalArgumentException(
                    "an image of " + inputShape() + " has " + inputShape().elements() + " values, not " + image.length);
        }
    }

    /// How many steps every program has.
    int stepCount() {
        return compiler.stepCount();
    }

    /// What each step leaves in memory.
    List<VisibleActivation> shownMaps() {
        return compiler.shownMaps();
    }
}
