package org.mobilenet4j.formats.tflite.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.formats.IntegerRun;
import org.mobilenet4j.formats.TfliteBuilder;
import org.mobilenet4j.formats.TfliteOracle;
import org.mobilenet4j.infer.Session;
import org.mobilenet4j.infer.SessionOptions;
import org.tensorflow.lite.schema.ActivationFunctionType;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.TensorType;

/// Arithmetic with constants, in any order, of one number or one for each channel: TensorFlow Lite gives the same.
class TfliteArithmeticTest {
    private static final int SIDE = 6;
    private static final int CHANNELS = 4;
    private static final SessionOptions PLAIN = SessionOptions.DEFAULT.withKernels(SessionOptions.Kernels.SCALAR);
    private static final List<Integer> LINEAR =
            List.of(BuiltinOperator.MUL, BuiltinOperator.ADD, BuiltinOperator.SUB, BuiltinOperator.DIV);

    @TempDir
    private Path folder;

    private Path write(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("a.tflite"), bytes);
    }

    private static int map(TfliteBuilder b) {
        return b.map("map", 1, SIDE, SIDE, CHANNELS);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void floatsAgree(boolean isPerChannel) throws IOException {
        for (int seed = 0; seed < 40; seed++) {
            var random = new Random(seed);
            var b = new TfliteBuilder();
            int input = map(b);
            int at = b.pool(BuiltinOperator.MAX_POOL_2D, input, map(b), 0, 1, 2, 2);
            for (int step = 0; step < 3; step++) {
                int kind = LINEAR.get(random.nextInt(4));
                var values = new float[isPerChannel ? CHANNELS : 1];
                for (int c = 0; c < values.length; c++) {
                    values[c] = random.nextFloat(0.5f, 2) * (random.nextBoolean() ? 1 : -1);
                }
                int constant = b.floats("c" + step, values, values.length);
                boolean isFirst = kind != BuiltinOperator.DIV && random.nextBoolean();
                at = b.plain(kind, map(b), isFirst ? constant : at, isFirst ? at : constant);
            }
            at = b.plain(BuiltinOperator.RELU, map(b), at);
            at = b.plain(BuiltinOperator.MINIMUM, map(b), at, b.floats("six", new float[] {6}, 1));
            var file = write(b.build(input, at));
            var values = new float[SIDE * SIDE * CHANNELS];
            for (int i = 0; i < values.length; i++) {
                values[i] = random.nextFloat(-3, 3);
            }
            var expected = new TfliteOracle(file, false).run(values);
            var actual = Session.open(TfliteReader.read(file), PLAIN).run(values, 1);
            assertThat(actual).as("seed %s", seed).containsExactly(expected, within(2e-5f));
        }
    }

    private static int stored(TfliteBuilder b, int type, byte[] data, float scale, int zero, int... dims) {
        return b.quantize(b.tensor("t", type, data, dims), new float[] {scale}, new long[] {zero}, 0);
    }

    /// Each integer, through one or two operators in front of the network or behind another layer.
    @ParameterizedTest
    @ValueSource(bytes = {TensorType.INT8, TensorType.UINT8})
    void integersAreTheSameToTheBit(byte type) throws IOException {
        int read = 0;
        for (int seed = 0; seed < 80; seed++) {
            var random = new Random(seed);
            int least = type == TensorType.INT8 ? -128 : 0;
            var b = new TfliteBuilder();
            float scale = random.nextFloat(0.01f, 0.03f);
            int input = stored(b, type, new byte[0], scale, least + random.nextInt(100, 156), 1, 16, 16, CHANNELS);
            int at = input;
            for (int step = 0; step <= seed % 2; step++) {
                int kind = LINEAR.get(random.nextInt(3));
                var data = new byte[seed % 3 == 0 ? 1 : CHANNELS];
                for (int c = 0; c < data.length; c++) {
                    data[c] = (byte) (least + random.nextInt(140, 250));
                }
                int constant = stored(b, type, data, random.nextFloat(0.005f, 0.02f), least + 20, data.length);
                int out = stored(
                        b,
                        type,
                        new byte[0],
                        random.nextFloat(0.012f, 0.05f),
                        least + random.nextInt(60, 196),
                        1,
                        16,
                        16,
                        CHANNELS);
                at = random.nextBoolean() ? b.plain(kind, out, constant, at) : b.plain(kind, out, at, constant);
            }
            var file = write(b.build(input, at));
            var pixels = new byte[16 * 16 * CHANNELS];
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = (byte) (i / CHANNELS);
            }
            try {
                var model = TfliteReader.read(file);
                var expected = new TfliteOracle(file, false).run(pixels);
                assertThat(IntegerRun.run(model, pixels, PLAIN))
                        .as("seed %s", seed)
                        .containsExactly(expected);
                read++;
            } catch (BadFileException e) {
                assertThat(e).hasMessageContaining("no layer gives the same integers");
            }
        }
        assertThat(read).isGreaterThan(10);
    }

    /// ReLU6 of integers, in two pieces.
    @Test
    void clipsOfIntegersAreTheSameToTheBit() throws IOException {
        var b = new TfliteBuilder();
        int input = stored(b, TensorType.INT8, new byte[0], 0.05f, -20, 1, 16, 16, 1);
        int zero = stored(b, TensorType.INT8, new byte[] {-20}, 0.05f, -20, 1);
        int six = stored(b, TensorType.INT8, new byte[] {100}, 0.05f, -20, 1);
        int low = b.plain(
                BuiltinOperator.MAXIMUM,
                stored(b, TensorType.INT8, new byte[0], 0.05f, -20, 1, 16, 16, 1),
                input,
                zero);
        int out = b.plain(
                BuiltinOperator.MINIMUM, stored(b, TensorType.INT8, new byte[0], 0.05f, -20, 1, 16, 16, 1), low, six);
        var file = write(b.build(input, out));
        var pixels = new byte[256];
        for (int i = 0; i < 256; i++) {
            pixels[i] = (byte) i;
        }
        assertThat(IntegerRun.run(TfliteReader.read(file), pixels, PLAIN))
                .containsExactly(new TfliteOracle(file, false).run(pixels));
    }

    /// Pixels by a dense layer, shaped to a matrix before it and to a map behind.
    @Test
    void denseLayersOverMapsAgree() throws IOException {
        var random = new Random(3);
        var b = new TfliteBuilder();
        int input = map(b);
        var weights = new float[5 * CHANNELS];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = random.nextFloat(-1, 1);
        }
        int rows = b.plain(
                BuiltinOperator.RESHAPE,
                b.map("rows", SIDE * SIDE, CHANNELS),
                input,
                b.ints("shape", new int[] {-1, CHANNELS}, 2));
        int dense = b.dense(
                rows,
                b.floats("k", weights, 5, CHANNELS),
                b.floats("b", new float[] {1, 2, 3, 4, 5}, 5),
                b.map("dense", SIDE * SIDE, 5),
                ActivationFunctionType.RELU);
        int out = b.plain(
                BuiltinOperator.RESHAPE,
                b.map("out", 1, SIDE, SIDE, 5),
                dense,
                b.ints("back", new int[] {1, SIDE, SIDE, 5}, 4));
        var file = write(b.build(input, out));
        var values = new float[SIDE * SIDE * CHANNELS];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat(-1, 1);
        }
        assertThat(Session.open(TfliteReader.read(file), PLAIN).run(values, 1))
                .containsExactly(new TfliteOracle(file, false).run(values), within(1e-5f));
    }
}
