package org.mobilenet4j.infer;

import java.util.ArrayList;
import java.util.Arrays;
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
import org.mobilenet4j.kernel.ConvKernel;
import org.mobilenet4j.kernel.DepthwiseKernel;
import org.mobilenet4j.kernel.Kernel;
import org.mobilenet4j.kernel.Kernels;
import org.mobilenet4j.kernel.layout.Clamp;
import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.kernel.layout.Plane;
import org.mobilenet4j.kernel.plain.Bilinear;
import org.mobilenet4j.kernel.plain.ChannelShuffleKernel;
import org.mobilenet4j.kernel.plain.Copy;
import org.mobilenet4j.kernel.plain.ElementwiseProduct;
import org.mobilenet4j.kernel.plain.ElementwiseSum;
import org.mobilenet4j.kernel.plain.FloatInputOutput;
import org.mobilenet4j.kernel.plain.FloatMap;
import org.mobilenet4j.kernel.plain.KernelSequence;
import org.mobilenet4j.kernel.plain.LocalResponseNormKernel;
import org.mobilenet4j.kernel.plain.NonlinearityKernel;
import org.mobilenet4j.kernel.plain.PreluKernel;
import org.mobilenet4j.kernel.plain.ScaleShift;
import org.mobilenet4j.kernel.plain.SigmoidKernel;
import org.mobilenet4j.kernel.plain.SoftmaxKernel;
import org.mobilenet4j.kernel.plain.ZeroPadding;
import org.mobilenet4j.kernel.variant.KernelVariant;
import org.mobilenet4j.model.BatchNormFolding;
import org.mobilenet4j.model.Model;

/// Turns each fused operation into the kernel that computes it, bound to its planes.
final class KernelCompiler implements ProgramCompiler {
    private static final Window POINT = Window.square(1, 1, Padding.VALID);

    private final Model model;
    private final BufferAliasing storage;
    private final MemoryPlan memory;
    private final List<FusedOperation> operations;

    KernelCompiler(Model model, BufferAliasing storage, MemoryPlan memory, List<FusedOperation> operations) {
        this.model = model;
        this.storage = storage;
        this.memory = memory;
        this.operations = operations;
    }

    @Override
    public Program compile(KernelVariant variant) {
        var kernels = variant.kernels();
        kernels.expect(weights());
        int last = operations.isEmpty() ? Node.INPUT : operations.getLast().id();
        var output = new FloatMap(memory.plane(last, channels(last)));
        var ends = FloatInputOutput.of(memory.plane(Node.INPUT, channels(Node.INPUT)), output, kernels);
        var borders = all(kernels, memory.borders(Node.INPUT));
        var program = new Program(variant, kernels, memory.places(), ends, borders, steps(kernels));
        kernels.finish();
        return program;
    }

    private long weights() {
        long sum = 0;
        for (var parameter : model.network().parameters().values()) {
            sum += parameter.size();
        }
        return sum;
    }

    private List<Step> steps(Kernels kernels) {
        var steps = new ArrayList<Step>();
        for (int i = 0; i < operations.size(); i++) {
            steps.add(step(operations.get(i), i, kernels));
        }
        return List.copyOf(steps);
    }

    private Step step(FusedOperation operation, int place, Kernels kernels) {
        return new Step(
                operation.layers(),
                kernel(operation, kernels),
                all(kernels, memory.bordersFrom(operation.id(), place)),
                Work.of(operation, storage));
    }

    /// The kernels that do what these say.
    private static List<Kernel> all(Kernels kernels, List<ZeroPadding> borders) {
        var all = new ArrayList<Kernel>(borders.size());
        for (var border : borders) {
            all.add(kernels.plain(border));
        }
        return List.copyOf(all);
    }

    private Kernel kernel(FusedOperation operation, Kernels kernels) {
        var node = operation.node();
        var in = memory.plane(
                operation.inputs().getFirst(), operation.first().input().channels());
        var out = memory.plane(operation.id(), node.output().channels());
        return switch (node.layer()) {
            case Conv conv
            when operation.depthwise() != null -> separable(operation.depthwise(), operation, kernels, in, out, conv);
            case Conv conv ->
                conv(operation, kernels, new ConvShape(in, out, conv.window(), conv.groups(), operation.clamp()));
            case Dense _ -> conv(operation, kernels, new ConvShape(in, out, POINT, 1, operation.clamp()));
            case DepthwiseConv conv ->
                depthwise(operation, kernels, new ConvShape(in, out, conv.window(), 1, operation.clamp()));
            case Pool pool -> kernels.pool(new ConvShape(in, out, pool.window(), 1, operation.clamp()), pool.kind());
            case GlobalAveragePool _ -> {
                var all = new Window(node.input().height(), node.input().width(), 1, 1, Padding.VALID);
                yield kernels.pool(new ConvShape(in, out, all, 1, operation.clamp()), Pool.Kind.AVERAGE);
            }
            case BatchNorm norm -> normalize(norm, kernels, in, out, operation.clamp());
            case Activation _ -> {
                var ones = new float[node.input().channels()];
                Arrays.fill(ones, 1f);
                yield kernels.plain(elementwise(in, out, ones, new float[ones.length], operation.clamp()));
            }
            case Softmax _ -> kernels.plain(new SoftmaxKernel(in, out));
            case Sigmoid _ -> kernels.plain(new SigmoidKernel(in, out));
            case Nonlinearity layer -> kernels.plain(new NonlinearityKernel(in, out, layer));
            case Prelu _ -> {
                var slopes = model.weights().get(node.name() + "/alpha").toArray();
                yield kernels.plain(new PreluKernel(in, out, new ScaleShift.Channels(slopes)));
            }
            case LocalResponseNorm layer -> kernels.plain(new LocalResponseNormKernel(in, out, layer));
            case ChannelShuffle layer -> kernels.plain(new ChannelShuffleKernel(in, out, layer.groups()));
            case Flatten _ -> kernels.plain(new Copy(in, Plane.dense(out.offset(), node.input())));
            case ZeroPad pad -> padded(kernels, in, out, pad.padding());
            case BilinearResize resize -> kernels.plain(Bilinear.of(in, out, resize.coordinates()));
            case Parallel parallel -> join(operation, parallel, kernels, out);
            case Dropout _, Requantize _, Sequence _ ->
                throw new IllegalStateException(node.name() + " is not an operation");
        };
    }

    private Kernel separable(
            FusedOperation depthwise, FusedOperation pointwise, Kernels kernels, Plane in, Plane out, Conv conv) {
        var between = memory.plane(depthwise.id(), depthwise.node().output().channels());
        var window = ((DepthwiseConv) depthwise.node().layer()).window();
        var taps = FoldedWeights.of(depthwise, model.weights());
        var folded = FoldedWeights.of(pointwise, model.weights());
        var kernel = kernels.separable(
                new ConvShape(in, between, window, 1, depthwise.clamp()),
                taps.kernel(),
                taps.bias(),
                new ConvShape(between, out, conv.window(), 1, pointwise.clamp()),
                folded,
                folded.bias());
        folded.unload();
        return kernel;
    }

    private DepthwiseKernel depthwise(FusedOperation operation, Kernels kernels, ConvShape shape) {
        var folded = FoldedWeights.of(operation, model.weights());
        return kernels.depthwise(shape, folded.kernel(), folded.bias());
    }

    private ConvKernel conv(FusedOperation operation, Kernels kernels, ConvShape shape) {
        var folded = FoldedWeights.of(operation, model.weights());
        var kernel = kernels.conv(shape, folded, folded.bias());
        folded.unload();
        return kernel;
    }

    private Kernel normalize(BatchNorm norm, Kernels kernels, Plane in, Plane out, Clamp clamp) {
        var folding = new BatchNormFolding(norm, model.weights());
        var factors = new float[folding.channels()];
        var summands = new float[folding.channels()];
        Arrays.fill(factors, 1f);
        folding.foldKernel(factors, 0, factors.length);
        folding.foldBias(summands);
        return kernels.plain(elementwise(in, out, factors, summands, clamp));
    }

    private static ScaleShift elementwise(Plane in, Plane out, float[] scale, float[] shift, Clamp clamp) {
        return new ScaleShift(in, out, new ScaleShift.Channels(scale), new ScaleShift.Channels(shift), clamp);
    }

    private static Kernel padded(Kernels kernels, Plane in, Plane out, Padding.Explicit padding) {
        var inner = new Plane(out.at(padding.top(), padding.left()), in.shape(), out.rowStride(), out.pixelStride());
        var zeros = new ZeroPadding(inner, padding.top(), padding.bottom(), padding.left(), padding.right());
        return new KernelSequence(List.of(kernels.plain(zeros), kernels.plain(new Copy(in, inner))));
    }

    private Kernel join(FusedOperation operation, Parallel parallel, Kernels kernels, Plane out) {
        var planes = new ArrayList<Plane>();
        var copies = new ArrayList<Kernel>();
        int first = 0;
        for (int input : operation.inputs()) {
            int channels = channels(input);
            var plane = memory.plane(input, channels);
            planes.add(plane);
            if (parallel.join() == Parallel.Join.CONCATENATE && !storage.isInPlace(input, operation.id(), first)) {
                copies.add(kernels.plain(new Copy(plane, out.slice(first, channels))));
            }
            first += channels;
        }
        return switch (parallel.join()) {
            case CONCATENATE -> new KernelSequence(copies);
            case ADD -> kernels.plain(new ElementwiseSum(planes, out, operation.clamp()));
            case MULTIPLY -> kernels.plain(new ElementwiseProduct(planes, out, operation.clamp()));
        };
    }

    private int channels(int value) {
        return value == Node.INPUT
                ? model.network().input().channels()
                : model.network().nodes().get(value - 1).output().channels();
    }
}
