package org.mobilenet4j.infer;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Parameter;
import org.mobilenet4j.arch.Requantize;
import org.mobilenet4j.kernel.Arithmetic;
import org.mobilenet4j.kernel.Border;
import org.mobilenet4j.kernel.Kernel;
import org.mobilenet4j.kernel.Plane;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.NetworkQuantization;
import org.mobilenet4j.tensor.Shape;

/// A model made ready to run: operations fused, weights folded and packed, every map given its place in memory.
///
/// Make one plan and open a [Session] on it for each thread. Its first image is computed by plain loops, which
/// the JIT compiles soon; from the second on, vector kernels are packed and compiled in the background and
/// take over when they are fast. The results are the same, bit for bit.
public final class Plan {
    private final Model model;
    private final List<Border> inputBorders;
    private final Plane input;
    private final Plane output;
    private final int memorySize;
    /// What waits to take over from the plain loops; null where nothing does.
    private final @Nullable WarmUp warmUp;

    private final StepCompiler compiler;
    private final Arithmetic first;
    private final int stepCount;
    private volatile Edge inputEdge;
    private final Edge outputEdge;
    private final List<VisibleActivation> shownMaps;

    /// Null until they are needed: who waits for vectors never packs weights for plain loops.
    private volatile @Nullable List<Step> steps;

    private volatile boolean usesVectors;

    private Plan(
            Model model,
            SessionOptions.Kernels kernels,
            boolean joins,
            Predicate<Node> isStored,
            @Nullable NetworkQuantization quantization) {
        this.model = model;
        var network = model.network();
        var operations = Fusion.of(network, joins, isStored);
        var maps = quantization == null ? null : new QuantizedActivations(network, quantization, operations);
        var storage = new BufferAliasing(
                network.input(),
                network.nodes().size() + 1,
                operations,
                (branch, join) -> maps == null || maps.of(branch).meansTheSameAs(maps.of(join.id())));
        var memory = new MemoryPlan(storage, operations);
        this.compiler = maps == null
                ? new KernelCompiler(model, storage, memory, operations)
                : new IntegerCompiler(model, storage, memory, operations, maps);
        this.input = memory.plane(Node.INPUT, network.input().channels());
        this.inputBorders = memory.borders(Node.INPUT);
        int last = operations.isEmpty() ? Node.INPUT : operations.getLast().id();
        this.output = memory.plane(last, network.output().channels());
        this.memorySize = memory.size();
        this.usesVectors = kernels == SessionOptions.Kernels.VECTOR;
        this.first = usesVectors ? Arithmetic.VECTOR : Arithmetic.SCALAR;
        this.inputEdge = maps == null ? new Edge.Floats() : Edge.Integers.of(maps.of(Node.INPUT), first);
        this.outputEdge = maps == null ? new Edge.Floats() : Edge.Integers.of(maps.of(last), first);
        this.stepCount = operations.size();
        this.shownMaps = operations.stream()
                .map(operation -> new VisibleActivation(
                        operation.last(),
                        memory.plane(operation.id(), operation.node().output().channels()),
                        maps == null ? 1 : maps.of(operation.id()).scale()))
                .toList();
        boolean vectorsLater =
                kernels == SessionOptions.Kernels.AUTOMATIC && Arithmetic.preferred() == Arithmetic.VECTOR;
        this.warmUp = vectorsLater ? new WarmUp(this, compiler) : null;
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
    /// @throws IllegalArgumentException when they want whole numbers and the model is not quantised, or it has a
    ///     layer that cannot be computed with them
    public static Plan of(Model model, SessionOptions options) {
        var quantization = quantization(model, options.numbers());
        return new Plan(model, options.kernels(), true, isStored(quantization), quantization);
    }

    /// A plan in which every layer is a step of its own, a little slower than others: to look at layers one by one.
    public static Plan ofLayers(Model model, SessionOptions.Kernels kernels) {
        var quantization = quantization(model, SessionOptions.Numbers.AUTOMATIC);
        return new Plan(model, kernels, false, isStored(quantization), quantization);
    }

    /// A plan of which [LayerOutputs] can see each map that is stored; of floats, each layer's output apart from those
    /// of dropout and of convolutions before a batch normalisation.
    static Plan ofMaps(Model model, SessionOptions.Numbers numbers) {
        var quantization = quantization(model, numbers);
        Predicate<Node> isStored =
                quantization == null ? node -> !(node.layer() instanceof Requantize) : isStored(quantization);
        return new Plan(model, SessionOptions.Kernels.AUTOMATIC, false, isStored, quantization);
    }

    private static Predicate<Node> isStored(@Nullable NetworkQuantization quantization) {
        return node -> quantization != null && quantization.isStored(node);
    }

    private static @Nullable NetworkQuantization quantization(Model model, SessionOptions.Numbers numbers) {
        if (numbers == SessionOptions.Numbers.INTEGERS && model.quantization().isEmpty()) {
            throw new IllegalArgumentException("the model " + model.network().name()
                    + " is not quantised, so it cannot be computed with whole numbers; run it with floats");
        }
        return numbers == SessionOptions.Numbers.FLOATS
                ? null
                : model.quantization().orElse(null);
    }

    /// Whether whole numbers are computed with, and not floats.
    public boolean usesIntegers() {
        return compiler instanceof IntegerCompiler;
    }

    /// Waits until the plan is as fast as it gets, some seconds in a process that has just started: for
    /// servers before they take requests, and for measurements.
    public void awaitWarm() {
        if (warmUp != null) {
            warmUp.await();
        }
    }

    /// Whether vector kernels run by now, or plain loops.
    public boolean usesVectors() {
        return usesVectors;
    }

    /// The model that this plan runs.
    public Model model() {
        return model;
    }

    /// The shape of one input image.
    public Shape inputShape() {
        return input.shape();
    }

    /// The shape of one output.
    public Shape outputShape() {
        return output.shape();
    }

    /// Bytes that the feature maps need at once, borders and strides included.
    public long peakActivationBytes() {
        return (long) memorySize * Float.BYTES;
    }

    /// Bytes that one image touches: the feature maps' and the weights'.
    public long footprintBytes() {
        long weights = model.network().parameters().values().stream()
                .mapToLong(Parameter::size)
                .sum();
        return peakActivationBytes() + weights * Float.BYTES;
    }

    /// The steps for the next image. Asking for them a second time says that speed is wanted.
    List<Step> steps() {
        if (warmUp != null) {
            warmUp.anotherImage();
        }
        var now = steps;
        return now != null ? now : compile();
    }

    private synchronized List<Step> compile() {
        var now = steps;
        if (now == null) {
            now = compiler.steps(first);
            steps = now;
        }
        return now;
    }

    /// How many steps there are, whichever kernels they have.
    int stepCount() {
        return stepCount;
    }

    /// What each step leaves in memory.
    List<VisibleActivation> shownMaps() {
        return shownMaps;
    }

    /// How images come in.
    Edge inputEdge() {
        return inputEdge;
    }

    /// Puts a faster edge and faster steps in the place of those so far.
    synchronized void replace(Edge fasterInput, List<Step> faster) {
        inputEdge = fasterInput;
        steps = faster;
        usesVectors = true;
    }

    /// A memory for one image at a time.
    float[] newMemory() {
        return new float[memorySize + Kernel.SLACK];
    }

    /// Runs images of a batch on the calling thread, `count` from `first` on, each in one of `memories`.
    ///
    /// One image after the other goes through the steps with large maps. From the first step on that has more
    /// weights than values, all go through a step before the next, so that its weights are fetched once.
    void run(float[] source, int first, int count, float[] target, float[][] memories) {
        var now = steps();
        int heavy = 0;
        while (heavy < now.size() && !now.get(heavy).work().isMostlyWeights()) {
            heavy++;
        }
        for (int i = 0; i < count; i++) {
            load(source, (first + i) * input.shape().elements(), memories[i]);
            for (int step = 0; step < heavy; step++) {
                now.get(step).run(memories[i]);
            }
        }
        for (int step = heavy; step < now.size(); step++) {
            for (int i = 0; i < count; i++) {
                now.get(step).run(memories[i]);
            }
        }
        for (int i = 0; i < count; i++) {
            store(memories[i], target, (first + i) * output.shape().elements());
        }
    }

    /// Copies one image, dense NHWC from `offset` on, to its place.
    void load(float[] source, int offset, float[] memory) {
        for (int i = 0; i < inputBorders.size(); i++) {
            inputBorders.get(i).run(memory);
        }
        int row = input.shape().width() * input.shape().channels();
        for (int y = 0; y < input.shape().height(); y++) {
            copyRow(source, offset + y * row, memory, y);
        }
    }

    private void copyRow(float[] source, int offset, float[] memory, int y) {
        int channels = input.shape().channels();
        if (input.pixelStride() == channels) {
            inputEdge.enter(
                    source, offset, memory, input.at(y, 0), input.shape().width() * channels);
            return;
        }
        for (int x = 0; x < input.shape().width(); x++) {
            inputEdge.enter(source, offset + x * channels, memory, input.at(y, x), channels);
        }
    }

    /// Copies one output to `target`, dense NHWC from `offset` on.
    void store(float[] memory, float[] target, int offset) {
        int channels = output.shape().channels();
        int at = offset;
        for (int y = 0; y < output.shape().height(); y++) {
            for (int x = 0; x < output.shape().width(); x++) {
                outputEdge.leave(memory, output.at(y, x), target, at, channels);
                at += channels;
            }
        }
    }
}
