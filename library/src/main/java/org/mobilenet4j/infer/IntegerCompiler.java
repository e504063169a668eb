package org.mobilenet4j.infer;

import java.util.ArrayList;
import java.util.List;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.BilinearResize;
import org.mobilenet4j.arch.ChannelShuffle;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.Dropout;
import org.mobilenet4j.arch.Flatten;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.LinearLayer;
import org.mobilenet4j.arch.LocalResponseNorm;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Nonlinearity;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.arch.Prelu;
import org.mobilenet4j.arch.Requantize;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Sigmoid;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.arch.ZeroPad;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.kernel.FixedPointMultiplier;
import org.mobilenet4j.kernel.Kernel;
import org.mobilenet4j.kernel.OutputRescaling;
import org.mobilenet4j.kernel.PlainKernel;
import org.mobilenet4j.kernel.SeparableKernel;
import org.mobilenet4j.kernel.layout.Clamp;
import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.kernel.layout.Plane;
import org.mobilenet4j.kernel.plain.ChannelShuffleKernel;
import org.mobilenet4j.kernel.plain.Copy;
import org.mobilenet4j.kernel.plain.FloatMap;
import org.mobilenet4j.kernel.plain.KernelSequence;
import org.mobilenet4j.kernel.plain.ZeroPadding;
import org.mobilenet4j.kernel.quantized.IntegerKernels;
import org.mobilenet4j.kernel.quantized.Lookup;
import org.mobilenet4j.kernel.quantized.NonlinearityTable;
import org.mobilenet4j.kernel.quantized.QuantizedAveragePool;
import org.mobilenet4j.kernel.quantized.QuantizedBilinear;
import org.mobilenet4j.kernel.quantized.QuantizedMean;
import org.mobilenet4j.kernel.quantized.QuantizedProduct;
import org.mobilenet4j.kernel.quantized.QuantizedSoftmax;
import org.mobilenet4j.kernel.quantized.QuantizedSum;
import org.mobilenet4j.kernel.quantized.ZeroPoints;
import org.mobilenet4j.kernel.variant.KernelVariant;
import org.mobilenet4j.model.Model;

/// Turns each fused operation of a quantized model into an integer kernel, bit-exact with TFLite.
///
/// What memory holds, integers as floats or bytes, is for the [IntegerKernels] of the variant to say.
final class IntegerCompiler implements ProgramCompiler {
    private static final Window POINT = Window.square(1, 1, Padding.VALID);

    private final Model model;
    private final BufferAliasing storage;
    private final MemoryPlan memory;
    private final List<FusedOperation> operations;
    private final QuantizedActivations maps;

    IntegerCompiler(
            Model model,
            BufferAliasing storage,
            MemoryPlan memory,
            List<FusedOperation> operations,
            QuantizedActivations maps) {
        this.model = model;
        this.storage = storage;
        this.memory = memory;
        this.operations = operations;
        this.maps = maps;
    }

    @Override
    public Program compile(KernelVariant variant) {
        var kernels = variant.integerKernels();
        var outputs = maps.outputs().stream().map(this::map).toList();
        var ends = kernels.inputOutput(map(Node.INPUT), outputs);
        var program = new Program(
                variant, kernels, memory.places(), ends, padding(memory.borders(Node.INPUT), kernels), steps(kernels));
        kernels.finish();
        return program;
    }

    private FloatMap map(int value) {
        return maps.map(value, memory.plane(value, channels(value)));
    }

    private static List<Kernel> padding(List<ZeroPadding> borders, IntegerKernels kernels) {
        return borders.stream().map(kernels::padding).toList();
    }

    private List<Step> steps(IntegerKernels kernels) {
        var steps = new ArrayList<Step>();
        for (int place = 0; place < operations.size(); place++) {
            var operation = operations.get(place);
            steps.add(new Step(
                    operation.layers(),
                    kernel(operation, kernels),
                    padding(memory.bordersFrom(operation.id(), place), kernels),
                    Work.of(operation, storage)));
        }
        return List.copyOf(steps);
    }

    private Kernel kernel(FusedOperation operation, IntegerKernels kernels) {
        var node = operation.node();
        int input = operation.inputs().getFirst();
        var in = memory.plane(input, operation.first().input().channels());
        var out = memory.plane(operation.id(), node.output().channels());
        var depthwise = operation.depthwise();
        return switch (node.layer()) {
            case Conv conv
            when depthwise != null -> {
                var between =
                        memory.plane(depthwise.id(), depthwise.node().output().channels());
                yield joined(
                        linear(depthwise, input, kernels, in, between),
                        linear(operation, depthwise.id(), kernels, between, out));
            }
            case Conv _, Dense _, DepthwiseConv _ -> linear(operation, input, kernels, in, out);
            case Pool pool
            when pool.kind() == Pool.Kind.MAX -> kernels.maxPool(shape(in, out, pool.window(), 1), zeros(operation));
            case Parallel parallel ->
                switch (parallel.join()) {
                    case CONCATENATE ->
                        new QuantizedConcatenation(operation, maps, storage).kernel(memory, kernels, out);
                    case ADD -> kernels.plain(sum(operation, out), zeros(operation));
                    case MULTIPLY -> kernels.plain(product(operation, out), zeros(operation));
                };
            case ZeroPad pad -> padded(operation, kernels, in, out, pad.padding());
            case Pool _,
                    GlobalAveragePool _,
                    Activation _,
                    Softmax _,
                    Requantize _,
                    BilinearResize _,
                    Sigmoid _,
                    Nonlinearity _,
                    Prelu _,
                    ChannelShuffle _,
                    Flatten _,
                    BatchNorm _,
                    LocalResponseNorm _,
                    Dropout _,
                    Sequence _ -> kernels.plain(plain(operation, input, in, out), zeros(operation));
        };
    }

    /// What exists once, as plain loops.
    private PlainKernel plain(FusedOperation operation, int input, Plane in, Plane out) {
        var node = operation.node();
        return switch (node.layer()) {
            case Pool pool ->
                new QuantizedAveragePool(
                        shape(in, out, pool.window(), 1),
                        maps.wholeRange(input),
                        maps.range(operation.id(), operation.clamp()));
            case GlobalAveragePool _ -> mean(operation, input, in, out);
            case Activation _ -> new Lookup(in, out, change(operation, input));
            case Softmax _ ->
                new QuantizedSoftmax(
                        in,
                        out,
                        maps.of(input).scale(),
                        maps.of(operation.id()).scale(),
                        maps.wholeRange(operation.id()));
            case Requantize layer ->
                new Lookup(
                        in,
                        out,
                        layer.roundsFloats()
                                ? QuantizedConcatenation.table(maps.of(input), maps.of(operation.id()))
                                : requantized(operation, input));
            case BilinearResize resize -> new QuantizedBilinear(in, out, resize.coordinates(), maps.wholeRange(input));
            case Sigmoid _ -> new Lookup(in, out, sigmoid(operation, input));
            case Nonlinearity layer -> new Lookup(in, out, nonlinear(layer, operation, input));
            case ChannelShuffle layer -> new ChannelShuffleKernel(in, out, layer.groups());
            case Flatten _ -> new Copy(in, Plane.dense(out.offset(), node.input()));
            case BatchNorm _, LocalResponseNorm _, Prelu _ ->
                throw new BadValueException("the layer " + node.name()
                        + " cannot be computed with integers; fold it, or run the model with floats");
            case Conv _, Dense _, DepthwiseConv _, Dropout _, Parallel _, Sequence _, ZeroPad _ ->
                throw new IllegalStateException(node.name() + " is not an operation");
        };
    }

    /// By bands of rows, unless one of the two has other units.
    private static Kernel joined(Kernel depthwise, Kernel pointwise) {
        return depthwise.units() == pointwise.units()
                ? new SeparableKernel(depthwise, pointwise)
                : new KernelSequence(List.of(depthwise, pointwise));
    }

    private ZeroPoints zeros(FusedOperation operation) {
        return new ZeroPoints(
                operation.inputs().stream().map(maps::zeroPoint).toList(), maps.zeroPoint(operation.id()));
    }

    private Kernel padded(
            FusedOperation operation, IntegerKernels kernels, Plane in, Plane out, Padding.Explicit padding) {
        var inner = new Plane(out.at(padding.top(), padding.left()), in.shape(), out.rowStride(), out.pixelStride());
        var zeros = new ZeroPadding(
                inner,
                padding.top(),
                padding.bottom(),
                padding.left(),
                padding.right(),
                maps.zeroPoint(operation.id()));
        return new KernelSequence(
                List.of(kernels.padding(zeros), kernels.plain(new Copy(in, inner), zeros(operation))));
    }

    private static ConvShape shape(Plane in, Plane out, Window window, int groups) {
        return new ConvShape(in, out, window, groups, Clamp.NONE);
    }

    /// A [Flatten] after it means that the pixel dimensions are not kept.
    private PlainKernel mean(FusedOperation operation, int input, Plane in, Plane out) {
        float from = maps.of(input).scale();
        float to = maps.of(operation.id()).scale();
        var range = maps.wholeRange(operation.id());
        boolean isVector = operations.stream()
                .anyMatch(next ->
                        next.node().layer() instanceof Flatten && next.inputs().getFirst() == operation.id());
        return isVector
                ? QuantizedMean.ofDistances(in, out, from, to, range)
                : QuantizedMean.ofNumbers(in, out, maps.wholeRange(input), from, to, range);
    }

    private Kernel linear(FusedOperation operation, int input, IntegerKernels kernels, Plane in, Plane out) {
        var weights = QuantizedWeights.of(operation, model.weights());
        int channels = out.shape().channels();
        var range = maps.range(operation.id(), operation.clamp());
        var rescaling = new OutputRescaling(
                weights.bias(),
                maps.multipliers(operation, input, weights.quantization(), channels),
                (int) range.clamp(range.least()),
                (int) range.clamp(range.greatest()),
                maps.halvesGoUp(operation, input),
                weights.largestSum(
                        Math.max(-maps.of(input).low(), maps.of(input).high())));
        var zeros = ZeroPoints.of(maps.zeroPoint(input), maps.zeroPoint(operation.id()));
        var kernel = switch ((LinearLayer) operation.node().layer()) {
            case DepthwiseConv conv -> kernels.depthwise(shape(in, out, conv.window(), 1), weights, rescaling, zeros);
            case Conv conv -> kernels.conv(shape(in, out, conv.window(), conv.groups()), weights, rescaling, zeros);
            case Dense _ -> kernels.conv(shape(in, out, POINT, 1), weights, rescaling, zeros);
        };
        weights.unload();
        return kernel;
    }

    /// A table from each quantized value of `input` to the scale of the operation's output, with its activation.
    private Lookup.Table change(FusedOperation operation, int input) {
        // divided as floats
        return change(
                operation,
                input,
                maps.of(input).scale() / maps.of(operation.id()).scale());
    }

    /// The same without an activation, as TFLite's QUANTIZE computes it.
    private Lookup.Table requantized(FusedOperation operation, int input) {
        return change(
                operation,
                input,
                maps.of(input).scale() / (double) maps.of(operation.id()).scale());
    }

    private Lookup.Table change(FusedOperation operation, int input, double ratio) {
        var from = maps.of(input);
        var to = maps.range(operation.id(), operation.clamp());
        var multiplier = FixedPointMultiplier.of(ratio);
        var results = new float[from.high() - from.low() + 1];
        for (int i = 0; i < results.length; i++) {
            results[i] = to.clamp(multiplier.apply(from.low() + i) + to.zeroPoint());
        }
        return new Lookup.Table(from.low(), results);
    }

    /// TFLite's sigmoid table, which it computes in float arithmetic.
    private Lookup.Table sigmoid(FusedOperation operation, int input) {
        var from = maps.of(input);
        var to = maps.wholeRange(operation.id());
        float inverse = 1f / maps.of(operation.id()).scale();
        var results = new float[from.high() - from.low() + 1];
        for (int i = 0; i < results.length; i++) {
            float value = 1f / (1f + (float) Math.exp(-from.scale() * (from.low() + i)));
            results[i] = to.clamp((int) QuantizedActivations.round(value * inverse) + to.zeroPoint());
        }
        return new Lookup.Table(from.low(), results);
    }

    private Lookup.Table nonlinear(Nonlinearity layer, FusedOperation operation, int input) {
        var from = maps.of(input);
        float scale = maps.of(operation.id()).scale();
        var range = maps.wholeRange(operation.id());
        return new NonlinearityTable(layer, from.low(), from.high(), from.scale(), scale, range).make();
    }

    private PlainKernel product(FusedOperation operation, Plane out) {
        checkTwo(operation, "multiplies");
        int first = operation.inputs().get(0);
        int second = operation.inputs().get(1);
        // multiplied and divided as floats
        double scale = maps.of(first).scale()
                * maps.of(second).scale()
                / maps.of(operation.id()).scale();
        return new QuantizedProduct(
                memory.plane(first, out.shape().channels()),
                memory.plane(second, out.shape().channels()),
                out,
                FixedPointMultiplier.of(scale),
                maps.range(operation.id(), operation.clamp()));
    }

    private static void checkTwo(FusedOperation operation, String verb) {
        if (operation.inputs().size() != 2) {
            throw new BadValueException("the layer " + operation.node().name() + " " + verb + " "
                    + operation.inputs().size()
                    + " inputs; integer kernels take two, so run it with floats");
        }
    }

    private PlainKernel sum(FusedOperation operation, Plane out) {
        checkTwo(operation, "adds");
        int first = operation.inputs().get(0);
        int second = operation.inputs().get(1);
        double twice = 2 * Math.max(maps.of(first).scale(), maps.of(second).scale());
        float step = (1 << QuantizedSum.MORE_BITS) * maps.of(operation.id()).scale();
        return new QuantizedSum(
                memory.plane(first, out.shape().channels()),
                memory.plane(second, out.shape().channels()),
                out,
                FixedPointMultiplier.of(maps.of(first).scale() / twice),
                FixedPointMultiplier.of(maps.of(second).scale() / twice),
                FixedPointMultiplier.of(twice / step),
                maps.range(operation.id(), operation.clamp()));
    }

    private int channels(int value) {
        return value == Node.INPUT
                ? model.network().input().channels()
                : model.network().nodes().get(value - 1).output().channels();
    }
}
