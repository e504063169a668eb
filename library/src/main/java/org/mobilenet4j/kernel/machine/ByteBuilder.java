package org.mobilenet4j.kernel.machine;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.kernel.FixedPointMultiplier;
import org.mobilenet4j.kernel.OutputRescaling;
import org.mobilenet4j.kernel.PlainKernel;
import org.mobilenet4j.kernel.layout.Plane;
import org.mobilenet4j.kernel.plain.Copy;
import org.mobilenet4j.kernel.quantized.Lookup;
import org.mobilenet4j.kernel.quantized.QuantizedProduct;
import org.mobilenet4j.kernel.quantized.QuantizedRange;
import org.mobilenet4j.kernel.quantized.QuantizedSoftmax;
import org.mobilenet4j.kernel.quantized.QuantizedSum;
import org.mobilenet4j.kernel.quantized.ZeroPoints;
import org.mobilenet4j.machine.recipe.bytes.ByteFunction;
import org.mobilenet4j.machine.recipe.bytes.ByteMapRecipe;

/// Makes kernels of functions of bytes from what their plain loops say of themselves.
record ByteBuilder(Workshop workshop, ZeroPoints zeros) {
    private static final int VALUES = 256;

    /// What does the same as a kernel on integers less their zero point; null where there is no code for that.
    @Nullable
    RecipeKernel build(PlainKernel kernel) {
        return switch (kernel) {
            case Copy _ when zeros.input() != zeros.output() -> null;
            case Copy _ -> build(kernel, new ByteFunction.Copy(), MemorySegment.NULL);
            case Lookup lookup -> build(kernel, new ByteFunction.Lookup(), table(lookup));
            case QuantizedSum sum -> sum(sum);
            case QuantizedProduct product -> product(product);
            case QuantizedSoftmax softmax -> softmax(softmax);
            default -> null;
        };
    }

    private RecipeKernel build(PlainKernel kernel, ByteFunction function, MemorySegment tables) {
        List<Plane> inputs = kernel.inputs();
        Plane out = kernel.out();
        var routine = workshop.routine(
                "bytes",
                (a, convention, name, isa) -> ByteMapRecipe.emit(a, convention, name, function, inputs, out, isa));
        int channels = ByteMapRecipe.channels(function, out, workshop.isa());
        return new RecipeKernel(routine, tables, MemorySegment.NULL, RecipeKernel.Parts.ofRows(out, channels));
    }

    private MemorySegment table(Lookup lookup) {
        var bytes = new byte[VALUES];
        for (int value = 0; value < VALUES; value++) {
            bytes[value] = (byte) ((int) lookup.table().at(value - zeros.input()) + zeros.output());
        }
        return workshop.copy(MemorySegment.ofArray(bytes));
    }

    private RecipeKernel sum(QuantizedSum sum) {
        var tables = workshop.floats(2 * VALUES);
        long most = 0;
        for (int input = 0; input < 2; input++) {
            var scale = input == 0 ? sum.firstScale() : sum.secondScale();
            long largest = 0;
            for (int value = 0; value < VALUES; value++) {
                int scaled = scale.apply((value - zeros.inputs().get(input)) << QuantizedSum.MORE_BITS);
                tables.setAtIndex(ValueLayout.JAVA_INT, VALUES * input + value, scaled);
                largest = Math.max(largest, Math.abs((long) scaled));
            }
            most += largest;
        }
        return build(sum, new ByteFunction.Sum(rescaling(sum.outScale(), sum.to(), most), zeros.output()), tables);
    }

    private RecipeKernel product(QuantizedProduct product) {
        long most = (long) VALUES * VALUES;
        var function = new ByteFunction.Product(
                zeros.inputs().get(0),
                zeros.inputs().get(1),
                rescaling(product.scale(), product.to(), most),
                zeros.output());
        return build(product, function, MemorySegment.NULL);
    }

    private static OutputRescaling rescaling(FixedPointMultiplier multiplier, QuantizedRange to, long most) {
        int low = to.least() - to.zeroPoint();
        int high = to.greatest() - to.zeroPoint();
        return new OutputRescaling(new int[1], new FixedPointMultiplier[] {multiplier}, low, high, false, most);
    }

    private @Nullable RecipeKernel softmax(QuantizedSoftmax softmax) {
        if (softmax.outScale() < ByteFunction.Softmax.LEAST_SCALE) {
            return null;
        }
        var to = softmax.to();
        var function = new ByteFunction.Softmax(
                softmax.outScale(), to.zeroPoint(), to.least(), to.greatest(), zeros.output() - to.zeroPoint());
        var exponentials = softmax.exponentials();
        var table = workshop.floats(exponentials.length);
        Workshop.copy(exponentials, 0, table, 0, exponentials.length);
        return build(softmax, function, table);
    }
}
