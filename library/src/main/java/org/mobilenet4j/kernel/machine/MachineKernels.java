package org.mobilenet4j.kernel.machine;

import org.jspecify.annotations.Nullable;
import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.kernel.ArrayPool;
import org.mobilenet4j.kernel.ConvKernel;
import org.mobilenet4j.kernel.DelegatingKernels;
import org.mobilenet4j.kernel.DepthwiseKernel;
import org.mobilenet4j.kernel.Kernel;
import org.mobilenet4j.kernel.Kernels;
import org.mobilenet4j.kernel.Memory;
import org.mobilenet4j.kernel.PeakKernel;
import org.mobilenet4j.kernel.PlainKernel;
import org.mobilenet4j.kernel.PoolKernel;
import org.mobilenet4j.kernel.WeightRows;
import org.mobilenet4j.kernel.bfloat16.Bfloat16;
import org.mobilenet4j.kernel.bfloat16.PairedGemm;
import org.mobilenet4j.kernel.bfloat16.PairedWeightGradient;
import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.kernel.layout.TapLayout;
import org.mobilenet4j.kernel.training.DepthwiseTrainingKernel;
import org.mobilenet4j.kernel.training.GemmKernel;
import org.mobilenet4j.kernel.training.Im2colKernel;
import org.mobilenet4j.kernel.training.NormKernel;
import org.mobilenet4j.kernel.training.UpdateKernel;
import org.mobilenet4j.kernel.training.WeightGradientKernel;
import org.mobilenet4j.machine.Feature;
import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.Target;
import org.mobilenet4j.machine.recipe.PeakRecipe;
import org.mobilenet4j.machine.recipe.train.Factors;
import org.mobilenet4j.machine.recipe.train.MatrixShape;
import org.mobilenet4j.machine.recipe.train.TransposeRecipe;

/// Kernels of machine code, for floats. Those of a program share what they work with, so ask for new ones for each.
///
/// Inference works in memory off the heap. What there is no code for, others do in arrays, to and from which the maps
/// are copied. Training works on arrays throughout, so that kernels of any kind go together. Integers have
/// [IntegersInBytes].
public final class MachineKernels extends DelegatingKernels {
    private final Workshop workshop;
    private final ArrayPool arrays = new ArrayPool();
    /// Present if products are in bfloat16.
    private final @Nullable MachineRounding rounding;

    private @Nullable PanelPacking packing;

    /// @param target what code is written for
    /// @param others for what there is no code for
    public MachineKernels(Target target, Kernels others) {
        this(target, others, false);
    }

    private MachineKernels(Target target, Kernels others, boolean isRounding) {
        super(others);
        this.workshop = new Workshop(target);
        this.rounding = isRounding ? new MachineRounding(workshop) : null;
    }

    /// Those whose matrix products in training are in bfloat16; see [#hasBfloat16].
    public static MachineKernels ofBfloat16(Target target, Kernels others) {
        return new MachineKernels(target, others, true);
    }

    /// Whether the processor has instructions for [#ofBfloat16], among those that were asked for.
    public static boolean hasBfloat16(Target target) {
        return (target.isa() == Isa.AVX512_VNNI || target.isa() == Isa.AVX512)
                && target.processor().features().contains(Feature.AVX512_BF16);
    }

    @Override
    public Memory memory(int floats) {
        return workshop.memory(floats);
    }

    @Override
    public void expect(long weights) {
        workshop.expect(weights);
    }

    @Override
    public void finish() {
        workshop.load();
    }

    @Override
    public Kernel plain(PlainKernel kernel) {
        var own = new PlainBuilder(workshop).build(kernel);
        return own != null ? own : CopiedKernel.of(kernel, arrays);
    }

    @Override
    public ConvKernel conv(ConvShape shape, WeightRows rows, float[] bias) {
        return new MapBuilder(workshop, shape).conv(rows, bias);
    }

    /// There is no code for several outputs a channel; no published MobileNet has them.
    @Override
    public DepthwiseKernel depthwise(ConvShape shape, float[] kernel, float[] bias) {
        return shape.out().shape().channels() == shape.in().shape().channels()
                ? new MapBuilder(workshop, shape).depthwise(kernel, bias)
                : CopiedKernel.ofWindows(super.depthwise(shape, kernel, bias), shape, arrays);
    }

    @Override
    public PeakKernel peak() {
        if (workshop.isa().isArm()) {
            return super.peak();
        }
        return new MachinePeak(workshop, rounding == null ? PeakRecipe.Work.FLOATS : PeakRecipe.Work.BFLOAT16);
    }

    @Override
    public Kernel separable(
            ConvShape depthwise, float[] taps, float[] tapBias, ConvShape pointwise, WeightRows rows, float[] bias) {
        return depthwise.out().shape().channels() == depthwise.in().shape().channels()
                ? new JoinedBuilder(workshop, depthwise, pointwise).build(taps, tapBias, rows, bias)
                : super.separable(depthwise, taps, tapBias, pointwise, rows, bias);
    }

    @Override
    public PoolKernel pool(ConvShape shape, Pool.Kind kind) {
        return new MapBuilder(workshop, shape).pool(kind);
    }

    @Override
    public GemmKernel gemm(int depth, int width, int inStride, int outStride, int mostRows) {
        if (rounding == null || !Bfloat16.isFor(depth, width)) {
            var shape = new MatrixShape(depth, width, inStride, outStride);
            return new MachineGemm(workshop, shape, Factors.FLOAT, packing());
        }
        var shape = new MatrixShape(PairedGemm.pairs(depth), width, PairedGemm.stride(depth), outStride);
        var product = new MachineGemm(workshop, shape, Factors.BFLOAT16_PAIR, packing());
        return new PairedGemm(depth, width, inStride, mostRows, product, rounding, arrays);
    }

    /// One for all products; there is a routine for AVX-512 only.
    private PanelPacking packing() {
        var now = packing;
        if (now == null) {
            boolean hasRoutine = workshop.isa() != Isa.AVX2;
            now = new PanelPacking(
                    hasRoutine
                            ? workshop.routine(
                                    "transpose", (a, convention, name, _) -> TransposeRecipe.emit(a, convention, name))
                            : null);
            packing = now;
        }
        return now;
    }

    @Override
    public Im2colKernel im2col(int[] runs, int length, int rowStride) {
        return new MachineIm2col(workshop, runs, length, rowStride);
    }

    @Override
    public DepthwiseTrainingKernel depthwiseTraining(TapLayout taps) {
        return new MachineDepthwiseTraining(workshop, taps);
    }

    @Override
    public NormKernel norm() {
        return new MachineNorm(workshop);
    }

    @Override
    public UpdateKernel update() {
        return new MachineUpdate(workshop);
    }

    @Override
    public WeightGradientKernel weightGradient(int depth, int width, int inStride, int outStride) {
        if (rounding == null || !Bfloat16.isFor(depth, width)) {
            var shape = new MatrixShape(depth, width, inStride, outStride);
            return new MachineWeightGradient(workshop, shape, Factors.FLOAT);
        }
        int stride = PairedWeightGradient.stride(depth);
        var shape = new MatrixShape(depth, width, stride, PairedWeightGradient.stride(width));
        var sums = new MachineWeightGradient(workshop, shape, Factors.BFLOAT16_PAIR);
        return new PairedWeightGradient(depth, width, inStride, outStride, sums, rounding, arrays);
    }
}
