package org.mobilenet4j.kernel.machine;

import org.mobilenet4j.arch.Pool;
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
import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.machine.Target;

/// Kernels of machine code, for inference in floats. Those of a program share what they work with, so ask for new ones
/// for each.
///
/// What there is no code for, others do in arrays, to and from which the maps are copied. Training is
/// theirs altogether: no program mixes both. Integers have [IntegersInBytes].
public final class MachineKernels extends DelegatingKernels {
    private final Workshop workshop;
    private final ArrayPool arrays = new ArrayPool();

    /// @param target what code is written for
    /// @param others for what there is no code for
    public MachineKernels(Target target, Kernels others) {
        super(others);
        this.workshop = new Workshop(target);
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
        return new MachinePeak(workshop);
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
}
