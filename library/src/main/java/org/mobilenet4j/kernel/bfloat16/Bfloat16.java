package org.mobilenet4j.kernel.bfloat16;

/// Numbers in bfloat16: a float's upper half, of which 8 bits are significant.
public final class Bfloat16 {
    private static final int HALF = 16;

    /// Fewer inputs or outputs, and rounding them takes longer than it saves.
    private static final int NARROWEST = 16;

    private Bfloat16() {}

    /// Whether products with so many weights are in bfloat16; those of very narrow layers stay in floats.
    public static boolean isFor(int depth, int width) {
        return depth >= NARROWEST && width >= NARROWEST;
    }

    /// The nearest number, of two equally near ones the even one; a value below the least normal float becomes zero,
    /// with its sign. What is too large becomes infinite.
    public static float round(float value) {
        return Float.intBitsToFloat(bits(value) << HALF);
    }

    /// Rounds rows of floats, from `at` on and `stride` apart, to rows from `outAt` on and `outStride` apart.
    static void round(float[] in, int at, int stride, int rows, int floats, float[] out, int outAt, int outStride) {
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < floats; i++) {
                out[outAt + row * outStride + i] = round(in[at + row * stride + i]);
            }
        }
    }

    /// Two numbers in 32 bits, `first` in the upper half.
    public static float pair(float first, float second) {
        return Float.intBitsToFloat((bits(first) << HALF) | bits(second));
    }

    /// The 16 bits of the nearest number.
    private static int bits(float value) {
        if (Math.abs(value) < Float.MIN_NORMAL) {
            return Float.floatToRawIntBits(Math.copySign(0f, value)) >>> HALF;
        }
        if (Float.isNaN(value)) {
            return 0x7FC0;
        }
        int bits = Float.floatToRawIntBits(value);
        int isOdd = (bits >>> HALF) & 1;
        return (bits + 0x7FFF + isOdd) >>> HALF;
    }
}
