package org.mobilenet4j.formats.tflite.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.arch.Requantize;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.arch.ZeroPad;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.formats.TfliteBuilder;
import org.mobilenet4j.infer.Session;
import org.mobilenet4j.model.ActivationQuantization;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.tensor.ElementType;
import org.tensorflow.lite.schema.ActivationFunctionType;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.Padding;
import org.tensorflow.lite.schema.TensorType;

class QuantizedReaderTest {
    private static final int NONE = ActivationFunctionType.NONE;
    private static final byte[] KERNEL = {1, -2, 3, 4, 5, -6};

    private final TfliteBuilder builder = new TfliteBuilder();

    private int map(int type, float scale, int zeroPoint, int... dims) {
        int map = builder.tensor("map", type, new byte[0], dims);
        return builder.quantize(map, new float[] {scale}, new long[] {zeroPoint}, 0);
    }

    private int kernel(int axis, float... scales) {
        int kernel = builder.tensor("kernel", TensorType.INT8, KERNEL, 2, 1, 1, 3);
        return builder.quantize(kernel, scales, new long[scales.length], axis);
    }

    private int conv(int input, int kernel, int output) {
        return builder.conv(input, kernel, -1, output, Padding.VALID, 1, 1, NONE);
    }

    private static Model read(byte[] bytes) throws IOException {
        return TfliteReader.read(Path.of("q.tflite"), MemorySegment.ofArray(bytes));
    }

    private void refused(int input, int output, String... parts) {
        var bytes = builder.build(input, output);
        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(BadFileException.class)
                .hasMessageStartingWith("q.tflite: ")
                .hasMessageContainingAll(parts);
    }

    @Test
    void weightsOfBytesServeANetworkOfFloats() throws IOException {
        int input = builder.map("input", 1, 2, 2, 3);
        int output = builder.map("output", 1, 2, 2, 2);
        conv(input, kernel(0, 0.5f, 0.25f), output);

        var model = read(builder.build(input, output));

        assertThat(model.quantization()).isEmpty();
        assertThat(model.weights().get("conv1/kernel").type()).isEqualTo(ElementType.INT8);
        assertThat(model.weights().get("conv1/kernel").toArray()).containsExactly(0.5f, 1, -1, 1.25f, 1.5f, -1.5f);
        var out = Session.open(model).run(new float[] {1, 2, 3, 0, 0, 0, 0, 0, 0, 0, 0, 1}, 1);
        assertThat(out).containsExactly(new float[] {3, -1, 0, 0, 0, 0, 1.5f, -1.5f}, within(1e-6f));
    }

    @Test
    void quantizeAndDequantizeAtTheEndsSayHowMapsAreStored() throws IOException {
        int input = builder.map("input", 1, 2, 2, 3);
        int stored = map(TensorType.INT8, 0.1f, 5, 1, 2, 2, 3);
        int result = map(TensorType.INT8, 0.2f, -7, 1, 2, 2, 2);
        int output = builder.map("output", 1, 2, 2, 2);
        builder.plain(BuiltinOperator.QUANTIZE, stored, input);
        conv(stored, kernel(0, 0.5f, 0.25f), result);
        builder.plain(BuiltinOperator.DEQUANTIZE, output, result);

        var maps = read(builder.build(input, output)).quantization().orElseThrow();

        assertThat(maps.input()).isEqualTo(new ActivationQuantization(ElementType.INT8, 0.1f, 5));
        assertThat(maps.layers()).containsEntry("conv1", new ActivationQuantization(ElementType.INT8, 0.2f, -7));
    }

    @Test
    void bytesWithoutASignMayStandForSignedOnesAtTheEnds() throws IOException {
        int input = map(TensorType.UINT8, 0.1f, 133, 1, 2, 2, 3);
        int stored = map(TensorType.INT8, 0.1f, 5, 1, 2, 2, 3);
        int result = map(TensorType.INT8, 0.2f, -7, 1, 2, 2, 2);
        int output = map(TensorType.UINT8, 0.2f, 121, 1, 2, 2, 2);
        builder.plain(BuiltinOperator.QUANTIZE, stored, input);
        conv(stored, kernel(0, 0.5f), result);
        builder.plain(BuiltinOperator.QUANTIZE, output, result);

        var maps = read(builder.build(input, output)).quantization().orElseThrow();

        assertThat(maps.input()).isEqualTo(new ActivationQuantization(ElementType.INT8, 0.1f, 5));
    }

    @Test
    void anotherScaleInTheMiddleIsALayer() throws IOException {
        int input = map(TensorType.INT8, 0.1f, 5, 1, 2, 2, 3);
        int first = map(TensorType.INT8, 0.2f, -7, 1, 2, 2, 2);
        int second = map(TensorType.INT8, 0.3f, -7, 1, 2, 2, 2);
        conv(input, kernel(0, 0.5f), first);
        builder.plain(BuiltinOperator.QUANTIZE, second, first);
        int output = map(TensorType.INT8, 0.3f, 0, 1, 2, 2, 2);
        builder.plain(BuiltinOperator.RELU, output, second);

        var model = read(builder.build(input, output));

        assertThat(model.network().nodes().get(1).layer()).isEqualTo(new Requantize("requantize"));
        assertThat(model.quantization().orElseThrow().layers())
                .containsEntry("requantize", new ActivationQuantization(ElementType.INT8, 0.3f, -7));
    }

    @Test
    void scalesFarFromEachOtherAreRefused() {
        int input = map(TensorType.INT8, 0.1f, 5, 1, 2, 2, 3);
        int output = map(TensorType.INT8, 1e-20f, -7, 1, 2, 2, 2);
        refused(input, conv(input, kernel(0, 0.5f), output), "the layer conv1", "2^30");
    }

    private int pad(int input, int value, int output) {
        int pads = builder.ints("pads", new int[] {0, 0, 1, 0, 0, 2, 0, 0}, 4, 2);
        int constant = builder.tensor("value", TensorType.INT8, new byte[] {(byte) value}, 1);
        return builder.plain(BuiltinOperator.PADV2, output, input, pads, constant);
    }

    @Test
    void paddingWithTheZeroPointIsALayer() throws IOException {
        int input = map(TensorType.INT8, 0.1f, 5, 1, 2, 2, 3);
        int output = pad(input, 5, map(TensorType.INT8, 0.1f, 5, 1, 3, 4, 3));

        var model = read(builder.build(input, output));

        assertThat(model.network().nodes().getFirst().layer())
                .isEqualTo(new ZeroPad("zero_pad", new org.mobilenet4j.arch.Padding.Explicit(1, 0, 0, 2)));
    }

    @Test
    void paddingWithTheLeastNumberIsLeftToMaxPooling() throws IOException {
        int input = map(TensorType.INT8, 0.1f, 5, 1, 2, 2, 3);
        int padded = pad(input, -128, map(TensorType.INT8, 0.1f, 5, 1, 3, 4, 3));
        int output = map(TensorType.INT8, 0.1f, 5, 1, 2, 2, 3);
        builder.pool(BuiltinOperator.MAX_POOL_2D, padded, output, Padding.VALID, 1, 2, 3);

        var model = read(builder.build(input, output));

        var around = new org.mobilenet4j.arch.Padding.Explicit(1, 0, 0, 2);
        assertThat(model.network().nodes().getFirst().layer())
                .isEqualTo(Pool.max("max_pool", new Window(2, 3, 1, 1, around)));
    }

    @Test
    void otherPaddingIsRefused() {
        int input = map(TensorType.INT8, 0.1f, 5, 1, 2, 2, 3);
        refused(input, pad(input, -128, map(TensorType.INT8, 0.1f, 5, 1, 3, 4, 3)), "PADV2", "-128", "max pooling");
    }

    @Test
    void transposingOtherwiseThanForAShuffleIsRefused() {
        int input = map(TensorType.INT8, 0.1f, 5, 1, 2, 3, 3);
        int order = builder.ints("order", new int[] {0, 2, 1, 3}, 4);
        int output = map(TensorType.INT8, 0.1f, 5, 1, 3, 2, 3);
        refused(input, builder.plain(BuiltinOperator.TRANSPOSE, output, input, order), "TRANSPOSE", "shuffle");
    }

    @Test
    void floatsInTheMiddleAreRefused() {
        int input = map(TensorType.INT8, 0.1f, 5, 1, 2, 2, 3);
        int floats = builder.map("floats", 1, 2, 2, 3);
        builder.plain(BuiltinOperator.DEQUANTIZE, floats, input);
        int output = builder.map("output", 1, 2, 2, 3);
        refused(input, builder.plain(BuiltinOperator.RELU, output, floats), "DEQUANTIZE", "end to end");
    }

    @Test
    void mixedOperatorsAreRefused() {
        int input = map(TensorType.INT8, 0.1f, 5, 1, 2, 2, 3);
        int output = builder.map("output", 1, 2, 2, 2);
        refused(input, conv(input, kernel(0, 0.5f), output), "CONV_2D", "FLOAT32 from INT8");
    }

    @Test
    void scalesThatDoNotFitAreRefused() {
        int input = map(TensorType.INT8, 0.1f, 5, 1, 2, 2, 3);
        int output = map(TensorType.INT8, 0.2f, -7, 1, 2, 2, 2);
        refused(input, conv(input, kernel(3, 0.5f, 0.25f, 1), output), "dimension 3", "dimension 0");
    }

    @Test
    void mapsWithoutAScaleAreRefused() {
        int input = builder.tensor("input", TensorType.UINT8, new byte[0], 1, 2, 2, 3);
        int output = map(TensorType.UINT8, 0.2f, 7, 1, 2, 2, 2);
        refused(input, conv(input, kernel(0, 0.5f), output), "\"input\"", "without a scale");
    }

    @Test
    void impossibleScalesAreRefused() {
        int input = map(TensorType.INT8, Float.NaN, 5, 1, 2, 2, 3);
        int output = map(TensorType.INT8, 0.2f, -7, 1, 2, 2, 2);
        refused(input, conv(input, kernel(0, 0.5f), output), "positive and finite");
    }
}
