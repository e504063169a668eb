package org.mobilenet4j.machine.recipe.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mobilenet4j.kernel.training.UpdateKernel;
import org.mobilenet4j.kernel.variant.KernelVariant;
import org.mobilenet4j.machine.AddressCall;
import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.TestTarget;
import org.mobilenet4j.machine.x64.X64Assembler;

/// Updates of any number of weights, with guards around all memory, to the bit of plain loops.
class UpdateRecipeTest {
    private static final int MOST = 70;

    @ParameterizedTest
    @EnumSource(value = Isa.class, mode = EnumSource.Mode.MATCH_NONE, names = "NEON.*")
    void bitsAreThoseOfPlainLoops(Isa isa) {
        var target = TestTarget.with(isa);
        var random = new Random(81);
        for (var rule : UpdateRule.values()) {
            try (var arena = Arena.ofConfined()) {
                var a = new X64Assembler();
                UpdateRecipe.emit(a, target.convention(), "update", rule, isa);
                var routine = target.load(a.finish(), arena).routine("update");
                for (int count = 0; count <= MOST; count++) {
                    var floats = new GuardedFloats[rule.arrays()];
                    var memories = new MemorySegment[rule.arrays()];
                    var wanted = new float[rule.arrays()][];
                    for (int i = 0; i < floats.length; i++) {
                        floats[i] = GuardedFloats.random(count, isSquare(rule, i), random, arena);
                        memories[i] = floats[i].memory();
                        wanted[i] = floats[i].before().clone();
                    }
                    var factors = new float[8];
                    for (int i = 0; i < rule.factors(); i++) {
                        factors[i] = random.nextFloat(0.01f, 1);
                    }

                    plain(rule, wanted, count, factors);
                    var numbers = new long[5];
                    numbers[0] = count;
                    for (int i = 0; i < factors.length; i++) {
                        numbers[1 + i / 2] |=
                                Integer.toUnsignedLong(Float.floatToRawIntBits(factors[i])) << (i % 2 * Integer.SIZE);
                    }
                    AddressCall.call(routine, memories, numbers);

                    for (int i = 0; i < floats.length; i++) {
                        assertThat(floats[i].now())
                                .as("%s, %d, array %d", rule, count, i)
                                .containsExactly(wanted[i]);
                    }
                }
            }
        }
    }

    private static boolean isSquare(UpdateRule rule, int array) {
        return switch (rule) {
            case RMSPROP_TENSORFLOW, RMSPROP_PYTORCH -> array == 2;
            case ADAMW -> array == 3;
            case DESCEND, DESCEND_AHEAD, AVERAGE -> false;
        };
    }

    private static void plain(UpdateRule rule, float[][] a, int n, float[] f) {
        UpdateKernel loops = KernelVariant.SCALAR.kernels().update();
        switch (rule) {
            case DESCEND -> loops.descend(a[0], a[1], a[2], 0, n, f[0], f[1], f[2]);
            case DESCEND_AHEAD -> loops.descendAhead(a[0], a[1], a[2], 0, n, f[0], f[1], f[2]);
            case RMSPROP_TENSORFLOW ->
                loops.rmsPropTensorFlow(a[0], a[1], a[2], a[3], 0, n, f[0], f[1], f[2], f[3], f[4]);
            case RMSPROP_PYTORCH ->
                loops.rmsPropPyTorch(a[0], a[1], a[2], a[3], 0, n, f[0], f[1], f[2], f[3], f[4], f[5]);
            case ADAMW -> loops.adamW(a[0], a[1], a[2], a[3], 0, n, f[0], f[1], f[2], f[3], f[4], f[5], f[6]);
            case AVERAGE -> loops.average(a[0], a[1], 0, n, f[0]);
        }
    }
}
