package org.mobilenet4j.kernel.machine;

import java.lang.foreign.MemorySegment;
import java.util.List;
import org.mobilenet4j.kernel.ArrayPool;
import org.mobilenet4j.kernel.InputOutput;
import org.mobilenet4j.kernel.Kernel;
import org.mobilenet4j.kernel.Memory;
import org.mobilenet4j.kernel.OutputRescaling;
import org.mobilenet4j.kernel.PeakKernel;
import org.mobilenet4j.kernel.PlainKernel;
import org.mobilenet4j.kernel.WeightRows;
import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.kernel.plain.FloatMap;
import org.mobilenet4j.kernel.plain.ZeroPadding;
import org.mobilenet4j.kernel.quantized.IntegerKernels;
import org.mobilenet4j.kernel.quantized.QuantizedAveragePool;
import org.mobilenet4j.kernel.quantized.QuantizedMean;
import org.mobilenet4j.kernel.quantized.ZeroPoints;
import org.mobilenet4j.machine.Target;
import org.mobilenet4j.machine.recipe.PeakRecipe;
import org.mobilenet4j.machine.recipe.bytes.BorderRecipe;

/// Kernels of machine code for quantized networks, on bytes. Those of a program share what they work with, so ask for
/// new ones for each.
///
/// What there is no code for, plain loops do in arrays, to and from which the maps are copied.
public final class IntegersInBytes implements IntegerKernels {
    private final Workshop workshop;
    private final ArrayPool arrays = new ArrayPool();
    private int stagingFloats;

    /// @param target what code is written for
    public IntegersInBytes(Target target) {
        this.workshop = new Workshop(target);
    }

    @Override
    public Memory memory(int places) {
        return workshop.bytes(places, stagingFloats);
    }

    @Override
    public void finish() {
        workshop.load();
    }

    @Override
    public Kernel conv(ConvShape shape, WeightRows rows, OutputRescaling rescaling, ZeroPoints zeros) {
        return ByteConvBuilder.of(workshop, shape, rescaling, zeros).conv(rows);
    }

    @Override
    public Kernel depthwise(ConvShape shape, WeightRows rows, OutputRescaling rescaling, ZeroPoints zeros) {
        int inputs = shape.in().shape().channels();
        if (shape.out().shape().channels() == inputs) {
            return ByteConvBuilder.of(workshop, shape, rescaling, zeros).depthwise(rows);
        }
        // With several outputs a channel, it is a convolution with as many groups as channels.
        return conv(
                new ConvShape(shape.in(), shape.out(), shape.window(), inputs, shape.clamp()), rows, rescaling, zeros);
    }

    @Override
    public Kernel maxPool(ConvShape shape, ZeroPoints zeros) {
        return new BytePoolBuilder(workshop, zeros).max(shape);
    }

    @Override
    public Kernel plain(PlainKernel kernel, ZeroPoints zeros) {
        var own = switch (kernel) {
            case QuantizedAveragePool pool -> new BytePoolBuilder(workshop, zeros).average(pool);
            case QuantizedMean mean -> new BytePoolBuilder(workshop, zeros).mean(mean);
            default -> new ByteBuilder(workshop, zeros).build(kernel);
        };
        return own != null ? own : CopiedKernel.ofBytes(kernel, zeros, arrays);
    }

    @Override
    public Kernel padding(ZeroPadding padding) {
        var border = new BorderRecipe.Border(
                padding.plane(), padding.top(), padding.bottom(), padding.left(), padding.right(), padding.zeroPoint());
        var routine = workshop.routine(
                "border", (a, convention, name, isa) -> BorderRecipe.emit(a, convention, name, border, isa));
        return new RecipeKernel(
                routine, MemorySegment.NULL, MemorySegment.NULL, new RecipeKernel.Parts(1, 1, 1, false, 1, 1));
    }

    @Override
    public PeakKernel peak() {
        return new MachinePeak(workshop, PeakRecipe.Work.ofIntegers(workshop.isa()));
    }

    @Override
    public InputOutput inputOutput(FloatMap input, List<FloatMap> outputs) {
        var ends = new ByteInputOutput(workshop, input, outputs);
        stagingFloats = ends.stagingFloats();
        return ends;
    }
}
