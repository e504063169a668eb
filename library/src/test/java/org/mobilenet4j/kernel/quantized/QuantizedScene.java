package org.mobilenet4j.kernel.quantized;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.mobilenet4j.kernel.Kernel;
import org.mobilenet4j.kernel.Memory;
import org.mobilenet4j.kernel.Scene;
import org.mobilenet4j.kernel.layout.Plane;
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
        return new FeatureMap(plane, numbers);
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

    /// Runs the kernel in pieces, and checks all of the output, and that nothing else is written.
    void check(Kernel kernel, FeatureMap out, Reference reference) {
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
