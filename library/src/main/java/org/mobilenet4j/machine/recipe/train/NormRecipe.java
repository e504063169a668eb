package org.mobilenet4j.machine.recipe.train;

import static org.mobilenet4j.machine.x64.Gpr.R10;
import static org.mobilenet4j.machine.x64.Gpr.R11;
import static org.mobilenet4j.machine.x64.Gpr.R8;
import static org.mobilenet4j.machine.x64.Gpr.R9;
import static org.mobilenet4j.machine.x64.Gpr.RCX;
import static org.mobilenet4j.machine.x64.Gpr.RDI;
import static org.mobilenet4j.machine.x64.Gpr.RDX;
import static org.mobilenet4j.machine.x64.Gpr.RSI;
import static org.mobilenet4j.machine.x64.instruction.Binary.VADDPS;
import static org.mobilenet4j.machine.x64.instruction.Binary.VANDPS;
import static org.mobilenet4j.machine.x64.instruction.Binary.VFMADD213PS;
import static org.mobilenet4j.machine.x64.instruction.Binary.VFMADD231PS;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPMAXSD;
import static org.mobilenet4j.machine.x64.instruction.Binary.VPMINSD;
import static org.mobilenet4j.machine.x64.instruction.Binary.VSUBPS;
import static org.mobilenet4j.machine.x64.instruction.Binary.VXORPS;
import static org.mobilenet4j.machine.x64.instruction.BinaryImm.VCMPPS_AVX;
import static org.mobilenet4j.machine.x64.instruction.Compare.VCMPPS;
import static org.mobilenet4j.machine.x64.instruction.Store.VMOVUPS_STORE;
import static org.mobilenet4j.machine.x64.instruction.Unary.VBROADCASTSS;
import static org.mobilenet4j.machine.x64.instruction.Unary.VMOVAPS;
import static org.mobilenet4j.machine.x64.instruction.Unary.VMOVUPS;

import java.util.List;
import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.recipe.train.ChannelBlocks.Block;
import org.mobilenet4j.machine.recipe.train.ChannelBlocks.Body;
import org.mobilenet4j.machine.x64.ArrayRoutine;
import org.mobilenet4j.machine.x64.CallingConvention;
import org.mobilenet4j.machine.x64.Gpr;
import org.mobilenet4j.machine.x64.Mask;
import org.mobilenet4j.machine.x64.Mem;
import org.mobilenet4j.machine.x64.Vector;
import org.mobilenet4j.machine.x64.X64Assembler;

/// Batch normalization and activations, in the frame of [ChannelBlocks]. Numbers 4 and 5 are an activation's bounds.
public final class NormRecipe {
    private static final int LOW = 4;
    private static final int HIGH = 5;
    private static final int GREATER = 30;
    private static final int LESS = 17;
    private static final List<Mask> MASKS = List.of(Mask.K1, Mask.K2, Mask.K3, Mask.K4);

    private final X64Assembler a;
    private final Isa isa;

    private NormRecipe(X64Assembler assembler, Isa isa) {
        this.a = assembler;
        this.isa = isa;
    }

    /// `out = clamp(in * scale + shift)`, with the arrays `(in, scale, shift, out)`, the distances of `in` and `out`,
    /// and
    /// the bounds' bits as integers.
    public static void activate(X64Assembler a, CallingConvention convention, String name, Isa isa) {
        var recipe = new NormRecipe(a, isa);
        new ChannelBlocks(a, isa, 4, List.of(RDI, RCX), List.of(false, true), List.of(RDI))
                .emit(convention, name, routine -> recipe.new Activate(routine));
    }

    /// `sums += sum of (in - center)`, `squares += sum of (in - center)^2`, with the arrays `(in, center, sums,
    /// squares)`.
    public static void statistics(X64Assembler a, CallingConvention convention, String name, Isa isa) {
        var recipe = new NormRecipe(a, isa);
        new ChannelBlocks(a, isa, 4, List.of(RDI), List.of(false), List.of())
                .emit(convention, name, _ -> recipe.new Statistics());
    }

    /// Goes back through [#activate], with the arrays `(incoming, in, scale, shift, center, gradient, sums, products)`,
    /// the distances of `incoming` and of `in` and `gradient`, and the bounds as floats.
    ///
    /// @param adds whether to add to the gradient
    public static void deactivate(X64Assembler a, CallingConvention convention, String name, boolean adds, Isa isa) {
        var recipe = new NormRecipe(a, isa);
        new ChannelBlocks(a, isa, 8, List.of(RDI, RSI, R9), List.of(false, true, true), List.of(RSI, R9))
                .emit(convention, name, routine -> recipe.new Deactivate(routine, adds));
    }

    /// `out = gradient * a + in * b + c`, with the arrays `(gradient, in, a, b, c, out)` and the distances of `in`,
    /// which
    /// is that of `gradient`, and of `out`.
    public static void combine(X64Assembler a, CallingConvention convention, String name, Isa isa) {
        var recipe = new NormRecipe(a, isa);
        new ChannelBlocks(a, isa, 6, List.of(RDI, RSI, R9), List.of(false, false, true), List.of(RDI, RSI))
                .emit(convention, name, _ -> recipe.new Combine());
    }

    private Vector register(int number) {
        return Vector.of(number, isa.width());
    }

    /// Loads a block's vectors of an array to registers from `first` on.
    private void load(int first, Gpr array, Block block) {
        for (int i = 0; i < block.vectors(); i++) {
            a.emit(VMOVUPS, register(first + i), Mem.at(array, i * block.vectorBytes()));
        }
    }

    private void zero(int first, int count) {
        for (int i = first; i < first + count; i++) {
            a.emit(VXORPS, register(i), register(i), register(i));
        }
    }

    /// Adds to an array what each pixel of a block has summed.
    private void add(int first, Gpr array, Block block) {
        for (int i = 0; i < block.vectors(); i++) {
            Vector sum = register(first + i);
            for (int pixel = 1; pixel < block.pixels(); pixel++) {
                a.emit(VADDPS, sum, sum, register(first + pixel * block.vectors() + i));
            }
            var place = Mem.at(array, i * block.vectorBytes());
            a.emit(VADDPS, sum, sum, place);
            a.emit(VMOVUPS_STORE, place, sum);
        }
    }

    /// Registers: low, high, scale, shift, values.
    private final class Activate implements Body {
        Activate(ArrayRoutine routine) {
            a.emit(VBROADCASTSS, register(0), routine.number(LOW));
            a.emit(VBROADCASTSS, register(1), routine.number(HIGH));
        }

        @Override
        public void begin(Block block) {
            load(2, RSI, block);
            load(2 + block.vectors(), RDX, block);
        }

        @Override
        public void pixel(Block block, int index) {
            int n = block.vectors();
            for (int i = 0; i < n; i++) {
                Vector value = register(2 + (2 + index) * n + i);
                a.emit(VMOVUPS, value, block.at(RDI, i));
                a.emit(VFMADD213PS, value, register(2 + i), register(2 + n + i));
                a.emit(VPMAXSD, value, value, register(0));
                a.emit(VPMINSD, value, value, register(1));
                a.emit(VMOVUPS_STORE, block.at(RCX, i), value);
            }
        }

        @Override
        public void end(Block block) {}
    }

    /// Registers: center, sums, squares, values.
    private final class Statistics implements Body {
        @Override
        public void begin(Block block) {
            load(0, RSI, block);
            zero(block.vectors(), 2 * block.vectors() * block.pixels());
        }

        private int sums(Block block) {
            return block.vectors();
        }

        private int squares(Block block) {
            return block.vectors() * (1 + block.pixels());
        }

        @Override
        public void pixel(Block block, int index) {
            int n = block.vectors();
            for (int i = 0; i < n; i++) {
                Vector value = register(n * (1 + 2 * block.pixels() + index) + i);
                Vector sum = register(sums(block) + index * n + i);
                a.emit(VMOVUPS, value, block.at(RDI, i));
                a.emit(VSUBPS, value, value, register(i));
                a.emit(VADDPS, sum, sum, value);
                a.emit(VFMADD231PS, register(squares(block) + index * n + i), value, value);
            }
        }

        @Override
        public void end(Block block) {
            add(sums(block), RDX, block);
            add(squares(block), RCX, block);
        }
    }

    /// Registers: low, high, scale, shift, center, sums, products, values, results, and one more.
    private final class Deactivate implements Body {
        private static final int CHANNELS = 2;
        private final boolean adds;

        Deactivate(ArrayRoutine routine, boolean adds) {
            this.adds = adds;
            a.emit(VBROADCASTSS, register(0), routine.number(LOW));
            a.emit(VBROADCASTSS, register(1), routine.number(HIGH));
        }

        @Override
        public void begin(Block block) {
            load(CHANNELS, RDX, block);
            load(CHANNELS + block.vectors(), RCX, block);
            load(CHANNELS + 2 * block.vectors(), R8, block);
            zero(sums(block), 2 * block.vectors() * block.pixels());
        }

        private int sums(Block block) {
            return CHANNELS + 3 * block.vectors();
        }

        private int products(Block block) {
            return sums(block) + block.vectors() * block.pixels();
        }

        @Override
        public void pixel(Block block, int index) {
            int n = block.vectors();
            int values = products(block) + n * block.pixels();
            for (int i = 0; i < n; i++) {
                int each = index * n + i;
                Vector value = register(values + each);
                Vector passed = register(values + n * block.pixels() + each);
                a.emit(VMOVUPS, value, block.at(RSI, i));
                a.emit(VMOVAPS, passed, value);
                a.emit(VFMADD213PS, passed, register(CHANNELS + i), register(CHANNELS + n + i));
                pass(passed, block, i, MASKS.get(each));
                a.emit(VSUBPS, value, value, register(CHANNELS + 2 * n + i));
                Vector sum = register(sums(block) + each);
                a.emit(VADDPS, sum, sum, passed);
                a.emit(VFMADD231PS, register(products(block) + each), passed, value);
                if (adds) {
                    a.emit(VADDPS, passed, passed, block.at(R9, i));
                }
                a.emit(VMOVUPS_STORE, block.at(R9, i), passed);
            }
        }

        /// Replaces what is between the bounds by the incoming gradient, all else by 0.
        private void pass(Vector before, Block block, int vector, Mask mask) {
            if (isa.registers() == 32) {
                a.emit(VCMPPS, mask, before, register(0), GREATER);
                a.emit(VCMPPS, mask, before.only(mask), register(1), LESS);
                a.emit(VMOVUPS, before.orZero(mask), block.at(RDI, vector));
            } else {
                Vector isLess = register(isa.registers() - 1);
                a.emit(VCMPPS_AVX, isLess, before, register(1), LESS);
                a.emit(VCMPPS_AVX, before, before, register(0), GREATER);
                a.emit(VANDPS, before, before, isLess);
                a.emit(VANDPS, before, before, block.at(RDI, vector));
            }
        }

        @Override
        public void end(Block block) {
            add(sums(block), R10, block);
            add(products(block), R11, block);
        }
    }

    /// Registers: a, b, c, values.
    private final class Combine implements Body {
        @Override
        public void begin(Block block) {
            load(0, RDX, block);
            load(block.vectors(), RCX, block);
            load(2 * block.vectors(), R8, block);
        }

        @Override
        public void pixel(Block block, int index) {
            int n = block.vectors();
            for (int i = 0; i < n; i++) {
                Vector value = register((3 + index) * n + i);
                Vector gradient = register((3 + block.pixels() + index) * n + i);
                a.emit(VMOVUPS, value, block.at(RSI, i));
                a.emit(VMOVUPS, gradient, block.at(RDI, i));
                a.emit(VFMADD213PS, value, register(n + i), register(2 * n + i));
                a.emit(VFMADD231PS, value, gradient, register(i));
                a.emit(VMOVUPS_STORE, block.at(R9, i), value);
            }
        }

        @Override
        public void end(Block block) {}
    }
}
