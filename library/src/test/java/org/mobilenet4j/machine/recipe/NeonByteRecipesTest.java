package org.mobilenet4j.machine.recipe;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.kernel.FixedPointMultiplier;
import org.mobilenet4j.kernel.OutputRescaling;
import org.mobilenet4j.kernel.WeightRows;
import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.machine.ArmRunner;
import org.mobilenet4j.machine.ArmRunner.Buffer;
import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.a64.A64Assembler;
import org.mobilenet4j.machine.code.Code;
import org.mobilenet4j.machine.recipe.a64.NeonByteConv;
import org.mobilenet4j.machine.recipe.a64.NeonByteDepthwise;
import org.mobilenet4j.machine.recipe.a64.NeonBytePacking;

/// Convolutions and depthwise convolutions of bytes of random shapes, on an AArch64 processor that is emulated, against
/// plain loops.
class NeonByteRecipesTest {
    private static final byte PATTERN = 0x5A;

    private final Random random = new Random(51);
    private final RandomShapes shapes = new RandomShapes(random);

    @ParameterizedTest
    @EnumSource(value = Isa.class, mode = EnumSource.Mode.MATCH_ALL, names = "NEON.*")
    void anyWindow(Isa isa) {
        for (int i = 0; i < RandomShapes.COUNT; i++) {
            int groups = random.nextInt(3) == 0 ? shapes.size(5) : 1;
            int inputs = groups * shapes.size(groups == 1 ? 40 : 8);
            int outputs = groups * shapes.size(groups == 1 ? 60 : 40);
            check(shapes.conv(shapes.window(true), shapes.size(7), shapes.size(9), inputs, outputs, groups), 255, isa);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Isa.class, mode = EnumSource.Mode.MATCH_ALL, names = "NEON.*")
    void pointwiseToo(Isa isa) {
        for (int i = 0; i < RandomShapes.COUNT; i++) {
            int most = random.nextBoolean() ? 127 : 254;
            check(
                    shapes.conv(
                            Window.POINTWISE, shapes.size(9), shapes.size(12), shapes.size(90), shapes.size(100), 1),
                    most,
                    isa);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Isa.class, mode = EnumSource.Mode.MATCH_ALL, names = "NEON.*")
    void depthwiseToo(Isa isa) {
        for (int i = 0; i < RandomShapes.COUNT; i++) {
            int channels = shapes.size(50);
            check(
                    shapes.conv(shapes.window(true), shapes.size(7), shapes.size(9), channels, channels, channels),
                    255,
                    isa);
        }
    }

    /// Multipliers of any size, so that sums are rounded at every place and results meet both bounds.
    private OutputRescaling rescaling(int channels, int zeroOut) {
        var bias = new int[channels];
        var multipliers = new FixedPointMultiplier[channels];
        for (int channel = 0; channel < channels; channel++) {
            bias[channel] = random.nextInt(20_001) - 10_000;
            int shift = random.nextInt(4) == 0 ? random.nextInt(34) - 31 : -random.nextInt(14);
            multipliers[channel] = new FixedPointMultiplier(
                    random.nextInt(8) == 0 ? 1 << 30 : (1 << 30) + random.nextInt(1 << 30), shift);
        }
        int low = -zeroOut + random.nextInt(10);
        int high = 255 - zeroOut - random.nextInt(10);
        return new OutputRescaling(bias, multipliers, low, high, random.nextBoolean(), 0);
    }

    private void check(ConvShape shape, int mostWeight, Isa isa) {
        int channels = shape.out().shape().channels();
        int zeroIn = random.nextInt(256);
        int zeroOut = random.nextInt(10, 240);
        OutputRescaling rescaling = rescaling(channels, zeroOut);
        var kernel = new float[shape.kernelRows() * channels];
        for (int i = 0; i < kernel.length; i++) {
            int edge = random.nextBoolean() ? mostWeight : -mostWeight;
            kernel[i] = random.nextInt(10) == 0 ? edge : random.nextInt(2 * mostWeight + 1) - mostWeight;
        }
        WeightRows rows = WeightRows.of(kernel, shape);
        boolean isDepthwise = shape.groups() == channels
                && shape.groups() == shape.in().shape().channels();
        var packing = NeonBytePacking.of(shape, rows, isa);
        int blockChannels = isDepthwise ? NeonByteDepthwise.CHANNELS : packing.block();
        var a = new A64Assembler();
        try (Arena arena = Arena.ofConfined()) {
            Packed packed;
            if (isDepthwise) {
                NeonByteDepthwise.emit(a, "depthwise", shape, rescaling, zeroIn, zeroOut);
                packed = new Packed(
                        arena.allocate(NeonByteDepthwise.weightBytes(shape), 2),
                        arena.allocate(NeonByteDepthwise.parameterBytes(shape), 4));
                NeonByteDepthwise.pack(shape, rows, rescaling, packed.weights, packed.parameters);
            } else {
                NeonByteConv.emit(a, "conv", packing, rescaling, zeroIn, zeroOut);
                packed = new Packed(
                        arena.allocate(packing.weightBytes(), 2), arena.allocate(packing.parameterBytes(), 4));
                packing.pack(rows, rescaling, zeroIn, packed.weights, packed.parameters);
            }
            Code code = a.finish();
            var in = new byte[inputBytes(shape)];
            random.nextBytes(in);
            var wanted = new byte
                    [shape.out()
                                    .at(
                                            shape.out().shape().height() - 1,
                                            shape.out().shape().width() - 1)
                            + channels];
            Arrays.fill(wanted, PATTERN);
            MemorySegment out = arena.allocateFrom(JAVA_BYTE, wanted);
            boolean isGuardBehind = random.nextBoolean();
            var buffers = List.of(
                    new Buffer(MemorySegment.ofArray(in), isGuardBehind),
                    new Buffer(packed.weights, true),
                    new Buffer(packed.parameters, true),
                    new Buffer(out, isGuardBehind));
            int height = shape.out().shape().height();
            int blocks = Math.ceilDiv(channels, blockChannels);
            int row = random.nextInt(height + 1);
            int block = random.nextInt(blocks + 1);
            for (int[] part : new int[][] {{row, block, height, blocks}, {0, 0, height, blocks}}) {
                expect(wanted, shape, part, blockChannels, (y, x, n) ->
                        (byte) (rescaling.apply(sum(shape, kernel, in, zeroIn, y, x, n), n) + zeroOut));
                ArmRunner.get().call(code, buffers, Corner.at(part[0], part[1]), Corner.at(part[2], part[3]));
                assertThat(out.toArray(JAVA_BYTE)).as(shape.toString()).isEqualTo(wanted);
            }
        }
    }

    private record Packed(MemorySegment weights, MemorySegment parameters) {}

    private interface Reference {
        byte value(int y, int x, int channel);
    }

    private static void expect(byte[] wanted, ConvShape shape, int[] part, int block, Reference reference) {
        int end = Math.min(shape.out().shape().channels(), part[3] * block);
        for (int y = part[0]; y < part[2]; y++) {
            for (int x = 0; x < shape.out().shape().width(); x++) {
                for (int n = part[1] * block; n < end; n++) {
                    wanted[shape.out().at(y, x) + n] = reference.value(y, x, n);
                }
            }
        }
    }

    private static int inputBytes(ConvShape shape) {
        var output = shape.out().shape();
        var window = shape.window();
        return shape.windowAt(output.height() - 1, output.width() - 1)
                + shape.tapAt(window.height() - 1, window.width() - 1)
                + shape.in().shape().channels();
    }

    private static int sum(ConvShape shape, float[] kernel, byte[] in, int zeroIn, int y, int x, int n) {
        int channels = shape.out().shape().channels();
        int group = n / shape.groupOutputs();
        int sum = 0;
        int row = 0;
        for (int i = 0; i < shape.window().height(); i++) {
            for (int j = 0; j < shape.window().width(); j++) {
                int at = shape.windowAt(y, x) + shape.tapAt(i, j) + group * shape.groupInputs();
                for (int k = 0; k < shape.groupInputs(); k++) {
                    sum += ((in[at + k] & 0xFF) - zeroIn) * (int) kernel[row++ * channels + n];
                }
            }
        }
        return sum;
    }
}
