package org.mobilenet4j.machine.recipe.bytes;

import static org.mobilenet4j.machine.x64.Gpr.RSI;

import org.jspecify.annotations.Nullable;
import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.recipe.PoolRecipe;
import org.mobilenet4j.machine.recipe.PoolValues;
import org.mobilenet4j.machine.recipe.integer.UniformRescaling;
import org.mobilenet4j.machine.x64.CallingConvention;
import org.mobilenet4j.machine.x64.X64Assembler;

/// Pooling of bytes. Its routine is that of [PoolRecipe], but that a block is [#channels] channels.
public final class BytePoolRecipe {
    private BytePoolRecipe() {}

    /// Channels a block.
    public static int channels(Isa isa) {
        return BytePoolSums.VECTORS * isa.width().floats();
    }

    /// Writes the routine of that name.
    public static void emit(
            X64Assembler a, CallingConvention convention, String name, ConvShape shape, BytePooling pooling, Isa isa) {
        UniformRescaling rescaling = pooling instanceof BytePooling.Mean mean
                ? new UniformRescaling(a, isa, mean.rescaling(), mean.zero(), RSI)
                : null;
        PoolRecipe.emit(a, convention, name, shape, Byte.BYTES, channels(isa), new Sums(a, isa, pooling, rescaling));
        if (rescaling != null) {
            rescaling.finish();
        }
    }

    private record Sums(
            X64Assembler a,
            Isa isa,
            BytePooling pooling,
            @Nullable UniformRescaling rescaling) implements PoolValues.Factory {
        @Override
        public PoolValues of(int channels) {
            if (rescaling != null) {
                return new BytePoolMean(a, isa, channels, rescaling);
            }
            return pooling instanceof BytePooling.Average average
                    ? new BytePoolAverage(a, isa, channels, average)
                    : new BytePoolMax(a, isa, channels);
        }
    }
}
