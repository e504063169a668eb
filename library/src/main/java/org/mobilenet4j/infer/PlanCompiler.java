package org.mobilenet4j.infer;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Requantize;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.kernel.Kernels;
import org.mobilenet4j.kernel.QuantizeKernel;
import org.mobilenet4j.kernel.layout.Plane;
import org.mobilenet4j.kernel.plain.RowSpread;
import org.mobilenet4j.kernel.variant.KernelVariant;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.NetworkQuantization;

/// Plans a model (which layers are fused, where each feature map lies) and compiles programs that run it.
final class PlanCompiler {
    private final Model model;
    private final List<FusedOperation> operations;
    private final @Nullable QuantizedActivations maps;
    private final MemoryPlan memory;
    private final StepCompiler steps;

    /// @param joins whether two layers may be fused into one operation
    /// @param isStored whether a layer's output must be stored as it is, so that nothing may be fused behind it
    private PlanCompiler(
            Model model, boolean joins, Predicate<Node> isStored, @Nullable NetworkQuantization quantization) {
        var network = model.network();
        this.model = model;
        this.operations = Fusion.of(network, joins, isStored);
        var stored = quantization == null ? null : new QuantizedActivations(network, quantization, operations);
        var storage = new BufferAliasing(
                network.input(),
                network.nodes().size() + 1,
                operations,
                (branch, join) -> stored == null || stored.of(branch).meansTheSameAs(stored.of(join.id())));
        this.maps = stored;
        this.memory = new MemoryPlan(storage, operations);
        this.steps = stored == null
                ? new KernelCompiler(model, storage, memory, operations)
                : new IntegerCompiler(model, storage, memory, operations, stored);
    }

    /// The fastest plan: layers are fused where that pays.
    static PlanCompiler joined(Model model, SessionOptions.Numbers numbers) {
        var quantization = quantization(model, numbers);
        return new PlanCompiler(model, true, isStored(quantization), quantization);
    }

    /// Every layer is an operation of its own.
    static PlanCompiler byLayer(Model model, SessionOptions.Numbers numbers) {
        var quantization = quantization(model, numbers);
        return new PlanCompiler(model, false, isStored(quantization), quantization);
    }

    /// Every layer is an operation of its own; in float arithmetic, so are activations.
    static PlanCompiler byMap(Model model, SessionOptions.Numbers numbers) {
        var quantization = quantization(model, numbers);
        Predicate<Node> isStored =
                quantization == null ? node -> !(node.layer() instanceof Requantize) : isStored(quantization);
        return new PlanCompiler(model, false, isStored, quantization);
    }

    private static Predicate<Node> isStored(@Nullable NetworkQuantization quantization) {
        return node -> quantization != null && quantization.isStored(node);
    }

    private static @Nullable NetworkQuantization quantization(Model model, SessionOptions.Numbers numbers) {
        if (numbers == SessionOptions.Numbers.INTEGERS && model.quantization().isEmpty()) {
            throw new BadValueException("the model " + model.network().name()
                    + " is not quantized, so it cannot be computed with integers; run it with floats");
        }
        return numbers == SessionOptions.Numbers.FLOATS
                ? null
                : model.quantization().orElse(null);
    }

    /// A program with one variant of each kernel. All programs use the same memory layout and give the same results.
    Program compile(KernelVariant variant) {
        var kernels = variant.kernels();
        kernels.expect(weights());
        var input = memory.plane(Node.INPUT, model.network().input().channels());
        var inputOutput = new InputOutput(
                input,
                KernelCompiler.all(kernels, memory.borders(Node.INPUT)),
                spread(input, kernels),
                quantize(kernels),
                output());
        var program = new Program(variant, kernels, memory.floats(), inputOutput, steps.steps(kernels));
        kernels.finish();
        return program;
    }

    private static InputOutput.@Nullable Spread spread(Plane input, Kernels kernels) {
        if (input.pixelStride() != input.shape().channels()) {
            return null;
        }
        var spread = new RowSpread(input);
        return new InputOutput.Spread(spread.start(), kernels.plain(spread));
    }

    private long weights() {
        long sum = 0;
        for (var parameter : model.network().parameters().values()) {
            sum += parameter.size();
        }
        return sum;
    }

    private @Nullable QuantizeKernel quantize(Kernels kernels) {
        if (maps == null) {
            return null;
        }
        var map = maps.of(Node.INPUT);
        return kernels.quantize(map.scale(), map.low(), map.high());
    }

    private FloatMap output() {
        int last = operations.isEmpty() ? Node.INPUT : operations.getLast().id();
        return map(last, model.network().output().channels());
    }

    private FloatMap map(int value, int channels) {
        float scale = maps == null ? 1 : maps.of(value).scale();
        return new FloatMap(memory.plane(value, channels), scale);
    }

    /// The activation that each step leaves in memory.
    List<VisibleActivation> shownMaps() {
        return operations.stream()
                .map(operation -> new VisibleActivation(
                        operation.last(),
                        map(operation.id(), operation.node().output().channels())))
                .toList();
    }

    /// The number of steps of a program.
    int stepCount() {
        return operations.size();
    }

    Model model() {
        return model;
    }

    /// Whether quantized layers use integer arithmetic.
    boolean usesIntegers() {
        return maps != null;
    }

    /// The peak memory of all feature maps, in floats.
    int memorySize() {
        return memory.size();
    }
}
