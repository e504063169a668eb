package org.mobilenet4j.kernel.quantized;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.kernel.ByteMemory;
import org.mobilenet4j.kernel.FixedPointMultiplier;
import org.mobilenet4j.kernel.Kernel;
import org.mobilenet4j.kernel.Memory;
import org.mobilenet4j.kernel.OutputRescaling;
import org.mobilenet4j.kernel.WeightRows;
import org.mobilenet4j.kernel.layout.Clamp;
import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.kernel.layout.Plane;
import org.mobilenet4j.kernel.machine.IntegersInBytes;
import org.mobilenet4j.kernel.variant.KernelVariant;
import org.mobilenet4j.machine.GuardedMemory;
import org.mobilenet4j.machine.Target;
import org.mobilenet4j.machine.TestTarget;
import org.mobilenet4j.tensor.Shape;

/// Convolutions through every provider, against sums in 32 bits: integers as floats and as bytes make the same.
class IntegerKernelsContractTest {
    private static final byte PATTERN = 77;

    private final Random random = new Random(11);

    /// A convolution, or a depthwise one where `outputsEach` is not 0.
    private void check(Shape input, Window window, int outputs, int groups, int outputsEach) {
        boolean isDepthwise = outputsEach > 0;
        var output = isDepthwise
                ? new DepthwiseConv("d", window, outputsEach, false).outputShape(input)
                : new Conv("c", outputs, window, groups, false).outputShape(input);
        int top = window.top(input);
        int left = window.left(input);
        int pixel = input.channels() + random.nextInt(9);
        int row = (left + input.width() + window.right(input)) * pixel + random.nextInt(9);
        int end = row * (top + input.height() + window.bottom(input));
        var in = new Plane(top * row + left * pixel, input, row, pixel);
        int outPixel = output.channels() + random.nextInt(9);
        var out = new Plane(end, output, output.width() * outPixel + random.nextInt(9), outPixel);
        int size = out.at(output.height() - 1, output.width() - 1) + output.channels();
        int zeroIn = random.nextInt(256);
        int zeroOut = random.nextInt(256);

        int kernelRows = window.taps() * (isDepthwise ? 1 : input.channels() / groups);
        var kernel = new float[kernelRows * output.channels()];
        for (int i = 0; i < kernel.length; i++) {
            kernel[i] = random.nextInt(8) == 0 ? random.nextInt(-255, 256) : random.nextInt(-128, 128);
        }
        WeightRows rows = (number, target, offset) ->
                System.arraycopy(kernel, number * output.channels(), target, offset, output.channels());
        var rescaling = rescaling(output.channels(), kernelRows, zeroOut);
        var zeros = ZeroPoints.of(zeroIn, zeroOut);

        var before = new byte[size];
        random.nextBytes(before);
        for (int i = 0; i < size && random.nextBoolean(); i += 3) {
            before[i] = (byte) (random.nextBoolean() ? 0 : 255);
        }
        fillBorder(before, in, window, zeroIn);
        Arrays.fill(before, end, size, PATTERN);

        var shape = new ConvShape(in, out, window, isDepthwise ? 1 : groups, Clamp.NONE);
        var grouped = new ConvShape(in, out, window, isDepthwise ? input.channels() : groups, Clamp.NONE);
        var floats = floats(before, zeroIn, end);
        new IntegerConv(grouped, rows, rescaling).run(floats);
        var expected = before.clone();
        for (int y = 0; y < output.height(); y++) {
            for (int x = 0; x < output.width(); x++) {
                for (int at = out.at(y, x); at < out.at(y, x) + output.channels(); at++) {
                    expected[at] = (byte) ((int) floats[at] + zeroOut);
                }
            }
        }
        for (var variant : KernelVariant.available()) {
            if (variant != KernelVariant.MACHINE) {
                var kernels = variant.integerKernels();
                var own = make(kernels, isDepthwise, shape, rows, rescaling, zeros);
                var array = floats(before, zeroIn, end);
                runInParts(own, Memory.of(array));
                for (int y = 0; y < output.height(); y++) {
                    for (int x = 0; x < output.width(); x++) {
                        int from = out.at(y, x);
                        int to = from + output.channels();
                        assertThat(Arrays.copyOfRange(array, from, to)).isEqualTo(Arrays.copyOfRange(floats, from, to));
                    }
                }
            }
        }
        for (Target target : TestTarget.all()) {
            var kernels = new IntegersInBytes(target);
            var own = make(kernels, isDepthwise, shape, rows, rescaling, zeros);
            kernels.finish();
            try (Arena arena = Arena.ofShared()) {
                var places = GuardedMemory.before(size, arena);
                MemorySegment.copy(before, 0, places, ValueLayout.JAVA_BYTE, 0, size);
                runInParts(own, new ByteMemory(places, arena.allocate(0)));
                assertThat(places.toArray(ValueLayout.JAVA_BYTE))
                        .as("%s %s", target.isa(), shape)
                        .isEqualTo(expected);
            }
        }
    }

    private static Kernel make(
            IntegerKernels kernels,
            boolean isDepthwise,
            ConvShape shape,
            WeightRows rows,
            OutputRescaling rescaling,
            ZeroPoints zeros) {
        return isDepthwise
                ? kernels.depthwise(shape, rows, rescaling, zeros)
                : kernels.conv(shape, rows, rescaling, zeros);
    }

    private static void runInParts(Kernel kernel, Memory memory) {
        int middle = kernel.units() / 2;
        kernel.run(memory, middle, kernel.units());
        kernel.run(memory, 0, middle);
    }

    private OutputRescaling rescaling(int channels, int depth, int zeroOut) {
        var multipliers = new FixedPointMultiplier[channels];
        Arrays.setAll(
                multipliers,
                c -> FixedPointMultiplier.of(
                        (0.2 + random.nextDouble()) * Math.scalb(1.0, -random.nextInt(4, 9)) / Math.sqrt(depth)));
        return new OutputRescaling(
                random.ints(channels, -20_000, 20_000).toArray(),
                multipliers,
                -zeroOut,
                255 - zeroOut,
                random.nextBoolean(),
                (long) depth * 255 * 255);
    }

    private static float[] floats(byte[] bytes, int zero, int end) {
        var floats = new float[bytes.length + Kernel.SLACK];
        for (int i = 0; i < end; i++) {
            floats[i] = (bytes[i] & 0xff) - zero;
        }
        return floats;
    }

    private static void fillBorder(byte[] bytes, Plane in, Window window, int zero) {
        var shape = in.shape();
        for (int y = -window.top(shape); y < shape.height() + window.bottom(shape); y++) {
            for (int x = -window.left(shape); x < shape.width() + window.right(shape); x++) {
                boolean isInside = y >= 0 && y < shape.height() && x >= 0 && x < shape.width();
                for (int c = 0; c < shape.channels() && !isInside; c++) {
                    bytes[in.at(y, x) + c] = (byte) zero;
                }
            }
        }
    }

    @Test
    void convolutions() {
        check(new Shape(6, 5, 16), Window.square(1, 1, Padding.SAME), 40, 1, 0);
        check(new Shape(9, 7, 3), Window.square(3, 2, Padding.SAME), 17, 1, 0);
        check(new Shape(8, 6, 12), new Window(2, 5, 1, 1, Padding.VALID), 8, 4, 0);
        check(new Shape(9, 6, 5), new Window(3, 3, 2, 1, 1, Padding.SAME), 33, 1, 0);
        check(new Shape(8, 20, 12), new Window(2, 2, 1, 3, 1, Padding.SAME), 8, 4, 0);
        check(new Shape(7, 7, 5), new Window(3, 3, 1, 2, Padding.SAME), 33, 1, 0);
        check(new Shape(14, 14, 130), Window.square(1, 1, Padding.SAME), 200, 1, 0);
    }

    /// Too many products for floats, too.
    @Test
    void manyWeightsWhoseUnitsAreChannels() {
        check(Shape.vector(300), Window.square(1, 1, Padding.VALID), 501, 1, 0);
        check(new Shape(2, 2, 400), Window.square(1, 1, Padding.VALID), 130, 1, 0);
    }

    @Test
    void depthwiseConvolutions() {
        check(new Shape(8, 9, 24), Window.square(3, 1, Padding.SAME), 0, 1, 1);
        check(new Shape(9, 8, 7), Window.square(3, 2, Padding.SAME), 0, 1, 3);
        check(new Shape(6, 6, 20), Window.square(5, 1, Padding.VALID), 0, 1, 1);
        check(new Shape(12, 12, 70), Window.square(3, 2, Padding.SAME), 0, 1, 1);
    }
}
