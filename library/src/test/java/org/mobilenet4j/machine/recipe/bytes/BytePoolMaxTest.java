package org.mobilenet4j.machine.recipe.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.kernel.layout.Clamp;
import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.kernel.layout.Plane;
import org.mobilenet4j.kernel.layout.PoolWindow;
import org.mobilenet4j.machine.GuardedMemory;
import org.mobilenet4j.machine.Target;
import org.mobilenet4j.machine.TestTarget;
import org.mobilenet4j.machine.recipe.Corner;
import org.mobilenet4j.machine.x64.X64Assembler;
import org.mobilenet4j.tensor.Shape;

/// The largest bytes under windows of random maps. Means have a contract of their own.
class BytePoolMaxTest {
    private static void check(Target target, Random random) {
        int channels = 1 + random.nextInt(1 + random.nextInt(150));
        var padding = random.nextBoolean() ? Padding.SAME : Padding.VALID;
        var window = new Window(
                1 + random.nextInt(3), 1 + random.nextInt(3), 1 + random.nextInt(2), 1 + random.nextInt(2), 1, padding);
        var input = new Shape(3 + random.nextInt(6), 3 + random.nextInt(6), channels);
        int rows =
                (input.height() + window.top(input) + window.bottom(input) - window.height()) / window.strideRows() + 1;
        int columns =
                (input.width() + window.left(input) + window.right(input) - window.width()) / window.strideColumns()
                        + 1;
        int pixel = channels + random.nextInt(9);
        var in = new Plane(0, input, input.width() * pixel, pixel);
        var out = new Plane(3, new Shape(rows, columns, channels), columns * pixel + 5, pixel);
        var shape = new ConvShape(in, out, window, 1, Clamp.NONE);
        var a = new X64Assembler();
        BytePoolRecipe.emit(a, target.convention(), "pool", shape, new BytePooling.Max(), target.isa());
        var inputs = new byte[in.at(input.height() - 1, input.width() - 1) + channels];
        var outputs = new byte[out.at(rows - 1, columns - 1) + channels];
        random.nextBytes(inputs);
        random.nextBytes(outputs);
        try (Arena arena = Arena.ofConfined()) {
            var source = GuardedMemory.before(inputs.length, arena);
            var results = GuardedMemory.before(outputs.length, arena);
            source.asByteBuffer().put(inputs);
            results.asByteBuffer().put(outputs);
            for (int y = 0; y < rows; y++) {
                for (int x = 0; x < columns; x++) {
                    for (int c = 0; c < channels; c++) {
                        outputs[out.at(y, x) + c] = (byte) most(inputs, shape, y, x, c);
                    }
                }
            }
            int blocks = Math.ceilDiv(channels, BytePoolRecipe.channels(target.isa()));
            var routine = target.load(a.finish(), arena).routine("pool");
            routine.call(source.address(), 0, 0, results.address(), Corner.at(0, 0), Corner.at(rows, blocks));
            assertThat(results.toArray(ValueLayout.JAVA_BYTE)).isEqualTo(outputs);
        }
    }

    private static int most(byte[] inputs, ConvShape shape, int y, int x, int c) {
        int most = 0;
        var rows = PoolWindow.rows(shape, y);
        var columns = PoolWindow.columns(shape, x);
        for (int row = rows.from(); row < rows.to(); row++) {
            for (int column = columns.from(); column < columns.to(); column++) {
                most = Math.max(most, inputs[shape.in().at(row, column) + c] & 0xff);
            }
        }
        return most;
    }

    @Test
    void windowsOfRandomMaps() {
        var random = new Random(9);
        for (var target : TestTarget.all()) {
            for (int i = 0; i < 300; i++) {
                check(target, random);
            }
        }
    }
}
