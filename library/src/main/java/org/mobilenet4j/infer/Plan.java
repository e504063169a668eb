package org.mobilenet4j.infer;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.arch.Parameter;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.kernel.variant.KernelVariant;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.tensor.Shape;

/// A model prepared for inference: operations fused, weights folded and packed, and every feature map assigned its
/// place in memory.
///
/// Create one plan and open a [Session] on it for each thread. Where machine code runs, it runs from the first image
/// on, at full speed. Where it does not, the first image is computed by plain loops, which the JIT compiles soon.
/// From the second image on, faster kernels are packed and compiled in the background, and take over once they are
/// fast. The results are the same, bit for bit.
public final class Plan {
    private final PlanCompiler compiler;
    private final ActiveProgram program;
    /// Replaces the first program; null if nothing does.
    private final @Nullable WarmUp warmUp;

    private Plan(PlanCompiler compiler, SessionOptions.Kernels kernels) {
        KernelVariant.begin();
        this.compiler = compiler;
        this.program = new ActiveProgram(compiler, kernels);
        this.warmUp = kernels == SessionOptions.Kernels.AUTOMATIC ? new WarmUp(program) : null;
    }

    /// Begins in the background what a process's first plan otherwise waits for: to find out whether machine code
    /// runs. Call it before a model is read.
    ///
    /// @throws BadValueException if a system property asks for kernels or instructions that there are not
    public static void headStart() {
        KernelVariant.begin();
    }

    /// A plan that starts quickly and becomes fast after a while.
    public static Plan of(Model model) {
        return of(model, SessionOptions.DEFAULT);
    }

    /// A plan with the given kernels.
    public static Plan of(Model model, SessionOptions.Kernels kernels) {
        return of(model, SessionOptions.DEFAULT.withKernels(kernels));
    }

    /// A plan with the kernels and the arithmetic given in `options`.
    ///
    /// @throws IllegalArgumentException if `options` asks for integers and the model is not quantized, or has a
    ///     layer that cannot be computed with them
    public static Plan of(Model model, SessionOptions options) {
        return new Plan(PlanCompiler.joined(model, options.numbers()), options.kernels());
    }

    /// A plan in which every layer is a step of its own, a little slower than others: to examine layers one by one.
    public static Plan ofLayers(Model model, SessionOptions.Kernels kernels) {
        return new Plan(PlanCompiler.byLayer(model, SessionOptions.Numbers.AUTOMATIC), kernels);
    }

    /// A plan for [LayerOutputs]: every stored activation is visible; in float arithmetic, each layer's output
    /// except for dropout and for convolutions before a batch normalization.
    static Plan ofMaps(Model model, SessionOptions.Numbers numbers) {
        return new Plan(PlanCompiler.byMap(model, numbers), SessionOptions.Kernels.AUTOMATIC);
    }

    /// Whether the plan uses integer arithmetic.
    public boolean usesIntegers() {
        return compiler.usesIntegers();
    }

    /// Does now what the first image would wait for otherwise: packs weights, writes machine code.
    public void prepare() {
        program.get();
    }

    /// Waits until the plan is at full speed, some seconds in a new process: for servers before they take requests,
    /// and for measurements.
    public void awaitWarm() {
        if (warmUp != null) {
            warmUp.await();
        }
    }

    /// The kernels in use now: any but [SessionOptions.Kernels#AUTOMATIC].
    public SessionOptions.Kernels kernels() {
        return switch (program.variant()) {
            case SCALAR -> SessionOptions.Kernels.SCALAR;
            case VECTOR -> SessionOptions.Kernels.VECTOR;
            case MACHINE -> SessionOptions.Kernels.MACHINE;
        };
    }

    /// The same in words, with the vector width or the instruction set of the machine code.
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

    /// Peak memory of the feature maps in bytes, including zero padding and gaps between pixels, with the kernels that
    /// the plan ends up with.
    public long peakActivationBytes() {
        return (long) compiler.memorySize() * valueBytes();
    }

    /// Bytes that a value of a feature map takes, with the kernels that the plan ends up with.
    public int valueBytes() {
        return valueBytes(program.last());
    }

    /// The same with kernels of that variant.
    int valueBytes(KernelVariant variant) {
        return compiler.valueBytes(variant);
    }

    /// Bytes that one image touches: feature maps and weights.
    public long footprintBytes() {
        long weights = model().network().parameters().values().stream()
                .mapToLong(Parameter::size)
                .sum();
        return peakActivationBytes() + weights * valueBytes();
    }

    /// The program for the next image. Unless that is machine code, the second call starts the warm-up of the faster
    /// kernels.
    Program program() {
        var now = program.get();
        if (warmUp != null && !now.isNative()) {
            warmUp.anotherImage();
        }
        return now;
    }

    /// @throws IllegalArgumentException if `image` does not hold exactly one image
    void checkImage(float[] image) {
        if (image.length != inputShape().elements()) {
            throw new IllegalArgumentException(
                    "an image of " + inputShape() + " has " + inputShape().elements() + " values, not " + image.length);
        }
    }

    /// The number of steps, the same for every program.
    int stepCount() {
        return compiler.stepCount();
    }

    /// The activation that each step leaves in memory.
    List<VisibleActivation> shownMaps() {
        return compiler.shownMaps();
    }

    /// Such as `Plan[Model[...]]`.
    @Override
    public String toString() {
        return "Plan[" + model() + "]";
    }
}
