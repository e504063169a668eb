package org.mobilenet4j.kernel.quantized;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.mobilenet4j.kernel.ByteMemory;
import org.mobilenet4j.kernel.Kernel;
import org.mobilenet4j.kernel.Memory;
import org.mobilenet4j.kernel.PlainKernel;
import org.mobilenet4j.kernel.Scene;
import org.mobilenet4j.kernel.layout.Plane;
import org.mobilenet4j.kernel.machine.IntegersInBytes;
import org.mobilenet4j.machine.GuardedMemory;
import org.mobilenet4j.machine.Target;
import org.mobilenet4j.machine.TestTarget;
import org.mobilenet4j.tensor.Shape;

/// A memory of quantized feature maps, with sentinels between their pixels, rows and channels, around them and past the
/// last.
final class QuantizedScene {
    /// How the numbers of a feature map are stored: their range, which an activation may narrow, and the one for zero.
    record Numbers(int least, int greatest, int zeroPoint) {
        static Numbers int8(int zeroPoint) {
            return new Numbers(-128, 127, zeroPoint);
        }

        static Numbers uint8(int zeroPoint) {
            return new Numbers(0, 255, zeroPoint);
        }

        /// Both types with zero points at their ends and between.
        static List<Numbers> all() {
            return List.of(int8(-128), int8(-1), int8(42), int8(127), uint8(0), uint8(100), uint8(128), uint8(255));
        }

        /// What of them an activation leaves that ends at both sides.
        Numbers narrowed() {
            return new Numbers(least + 90, greatest - 60, Math.clamp(zeroPoint, least + 90, greatest - 60));
        }

        /// What is added to a number that is stored as a byte.
        int byteOffset() {
            return least < 0 ? 128 : 0;
        }

        /// As kernels take them.
        QuantizedRange range() {
            return new QuantizedRange(least, greatest, zeroPoint);
        }

        int clamp(BigInteger number) {
            return number.max(BigInteger.valueOf(least))
                    .min(BigInteger.valueOf(greatest))
                    .intValueExact();
        }
    }

    /// Where a map lies, and what its numbers are.
    record FeatureMap(Plane plane, Numbers numbers) {}

    /// What stands in an output, by definition.
    interface Reference {
        int at(int y, int x, int channel);
    }

    private static final List<Target> TARGETS = TestTarget.all();
    private static final byte BYTE_SENTINEL = 77;

    private final List<FeatureMap> maps = new ArrayList<>();
    private final Random random;
    private final int gap;
    private float[] memory;

    /// @param gap floats between pixels, and twice as many between rows
    QuantizedScene(int gap, long seed) {
        this.random = new Random(seed);
        this.gap = gap;
        this.memory = sentinels(7);
    }

    private static float[] sentinels(int count) {
        var values = new float[count];
        Arrays.fill(values, Scene.SENTINEL);
        return values;
    }

    /// A map of random numbers, many of them at the ends.
    FeatureMap input(Shape shape, Numbers numbers) {
        var map = output(shape, numbers);
        for (int y = 0; y < shape.height(); y++) {
            for (int x = 0; x < shape.width(); x++) {
                for (int c = 0; c < shape.channels(); c++) {
                    int number = switch (random.nextInt(8)) {
                        case 0 -> numbers.least;
                        case 1 -> numbers.greatest;
                        default -> random.nextInt(numbers.least, numbers.greatest + 1);
                    };
                    set(map, y, x, c, number);
                }
            }
        }
        return map;
    }

    /// A map without numbers yet.
    FeatureMap output(Shape shape, Numbers numbers) {
        int pixel = shape.channels() + gap;
        int row = shape.width() * pixel + 2 * gap;
        var plane = new Plane(memory.length, shape, row, pixel);
        int from = memory.length;
        var longer = sentinels(from + shape.height() * row + gap + Kernel.SLACK);
        System.arraycopy(memory, 0, longer, 0, from);
        memory = longer;
        var map = new FeatureMap(plane, numbers);
        maps.add(map);
        return map;
    }

    void set(FeatureMap map, int y, int x, int channel, int number) {
        memory[map.plane.at(y, x) + channel] = number - map.numbers.zeroPoint;
    }

    /// The number that is stored.
    int number(FeatureMap map, int y, int x, int channel) {
        float distance = memory[map.plane.at(y, x) + channel];
        if (distance != (int) distance) {
            throw new AssertionError(distance + " is no integer");
        }
        return (int) distance + map.numbers.zeroPoint;
    }

    /// What memory holds: the number less its zero point.
    int distance(FeatureMap map, int y, int x, int channel) {
        return number(map, y, x, channel) - map.numbers.zeroPoint;
    }

    /// Runs the kernel in pieces, and checks all of the output, and that nothing else is written; then what does the
    /// same
    /// on bytes.
    void check(PlainKernel kernel, FeatureMap out, Reference reference) {
        var before = memory.clone();
        checkFloats(kernel, out, reference);
        if (!TARGETS.isEmpty()) { // one a time, as code takes long to load
            checkBytes(kernel, out, before, TARGETS.get(random.nextInt(TARGETS.size())));
        }
    }

    private static int zeroPoint(FeatureMap map) {
        return map.numbers.zeroPoint + map.numbers.byteOffset();
    }

    private int zeroPoint(Plane plane) {
        return maps.stream()
                .filter(map -> map.plane.equals(plane))
                .mapToInt(QuantizedScene::zeroPoint)
                .findFirst()
                .orElseThrow();
    }

    /// With forbidden memory behind the last place that belongs to a map.
    private void checkBytes(PlainKernel kernel, FeatureMap out, float[] before, Target target) {
        var zeros = new ZeroPoints(kernel.inputs().stream().map(this::zeroPoint).toList(), zeroPoint(out));
        var kernels = new IntegersInBytes(target);
        var own = kernels.plain(kernel, zeros);
        kernels.finish();
        var expected = bytes(memory);
        try (Arena arena = Arena.ofShared()) {
            var places = GuardedMemory.before(expected.length, arena);
            MemorySegment.copy(bytes(before), 0, places, ValueLayout.JAVA_BYTE, 0, expected.length);
            var bytes = new ByteMemory(places, arena.allocate(0));
            own.run(bytes, own.units() / 3, own.units());
            own.run(bytes, 0, own.units() / 3);
            if (!Arrays.equals(places.toArray(ValueLayout.JAVA_BYTE), expected)) {
                throw new AssertionError(target.isa() + " " + own + " differs for " + kernel);
            }
        }
    }

    /// The maps as bytes, with sentinels between them.
    private byte[] bytes(float[] floats) {
        int end = 0;
        for (var map : maps) {
            var shape = map.plane.shape();
            end = Math.max(end, map.plane.at(shape.height() - 1, shape.width() - 1) + shape.channels());
        }
        var bytes = new byte[end];
        Arrays.fill(bytes, BYTE_SENTINEL);
        for (var map : maps) {
            var shape = map.plane.shape();
            for (int y = 0; y < shape.height(); y++) {
                for (int x = 0; x < shape.width(); x++) {
                    int at = map.plane.at(y, x);
                    for (int c = at; c < at + shape.channels(); c++) {
                        bytes[c] =
                                floats[c] == Scene.SENTINEL ? BYTE_SENTINEL : (byte) ((int) floats[c] + zeroPoint(map));
                    }
                }
            }
        }
        return bytes;
    }

    private void checkFloats(Kernel kernel, FeatureMap out, Reference reference) {
        var expected = memory.clone();
        var shape = out.plane.shape();
        for (int y = 0; y < shape.height(); y++) {
            for (int x = 0; x < shape.width(); x++) {
                for (int c = 0; c < shape.channels(); c++) {
                    expected[out.plane.at(y, x) + c] = reference.at(y, x, c) - out.numbers.zeroPoint;
                }
            }
        }
        int units = kernel.units();
        kernel.run(Memory.of(memory), units / 3, units);
        kernel.run(Memory.of(memory), 0, units / 3);
        for (int i = 0; i < memory.length; i++) {
            if (memory[i] != expected[i]) {
                throw new AssertionError(
                        "at " + i + " is " + memory[i] + ", not " + expected[i] + "; the output is " + out);
            }
        }
    }
}
