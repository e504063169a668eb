package org.mobilenet4j.infer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Requantize;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.kernel.layout.Tuning;
import org.mobilenet4j.kernel.plain.FloatMap;
import org.mobilenet4j.kernel.variant.KernelVariant;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.NetworkQuantization;

/// Plans a model (which layers are fused, where each feature map lies) and compiles programs that run it.
final class PlanCompiler {
    private final Model model;
    private final List<FusedOperation> operations;
    private final @Nullable QuantizedActivations maps;
    private final MemoryPlan memory;
    private final ProgramCompiler programs;

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
                stored == null ? Tuning.LINE : Tuning.LINE_BYTES,
                operations,
                (branch, join) -> stored == null
                        || stored.isBundle(join.id())
                        || stored.of(branch).meansTheSameAs(stored.of(join.id())),
                (input, after) -> stored == null || stored.zeroPoint(input) == stored.zeroPoint(after.id()));
        this.maps = stored;
        this.memory = new MemoryPlan(storage, operations, value -> stored == null ? 0 : stored.zeroPoint(value));
        this.programs = stored == null
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

    /// A program with one variant of each kernel.
    Program compile(KernelVariant variant) {
        return programs.compile(variant);
    }

    private FloatMap map(int value, int channels) {
        var plane = memory.plane(value, channels);
        return maps == null ? new FloatMap(plane) : maps.map(value, plane);
    }

    /// The activation that each step leaves in memory; not of steps that only join parts of different scales.
    List<VisibleActivation> shownMaps() {
        var shown = new ArrayList<VisibleActivation>();
        for (int step = 0; step < operations.size(); step++) {
            var operation = operations.get(step);
            if (maps == null || !maps.isBundle(operation.id())) {
                var map = map(operation.id(), operation.node().output().channels());
                shown.add(new VisibleActivation(step, operation.last(), map));
            }
        }
        return shown;
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

    /// Bytes that a value takes, in a feature map or among the weights.
    int valueBytes(KernelVariant variant) {
        return usesIntegers() && variant == KernelVariant.MACHINE ? Byte.BYTES : Float.BYTES;
    }

    /// The peak memory of all feature maps, in places.
    int memorySize() {
        return memory.size();
    }
}
