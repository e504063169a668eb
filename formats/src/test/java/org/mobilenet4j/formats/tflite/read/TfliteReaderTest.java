package org.mobilenet4j.formats.tflite.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mobilenet4j.formats.TfliteBuilder.counting;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.Flatten;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.arch.ZeroPad;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.formats.SmallModel;
import org.mobilenet4j.formats.TfliteBuilder;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.tensor.Shape;
import org.tensorflow.lite.schema.ActivationFunctionType;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.TensorType;

class TfliteReaderTest {
    private static final int SAME = org.tensorflow.lite.schema.Padding.SAME;
    private static final int VALID = org.tensorflow.lite.schema.Padding.VALID;
    private static final int NONE = ActivationFunctionType.NONE;

    @TempDir
    private Path directory;

    private static Model read(byte[] bytes) throws IOException {
        return TfliteReader.read(Path.of("some", "small.tflite"), MemorySegment.ofArray(bytes));
    }

    private static List<Layer> layers(byte[] bytes) throws IOException {
        return ((Sequence) read(bytes).network().body()).layers();
    }

    private static void refused(byte[] bytes, String... parts) {
        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(BadFileException.class)
                .hasMessageStartingWith(Path.of("some", "small.tflite") + ": ")
                .hasMessageContainingAll(parts)
                .message()
                .doesNotContain("\n");
    }

    /// The refusal of an operator that a caller adds behind an input of 8x8x4.
    private static void refused(Consumer<TfliteBuilder> operator, String... parts) {
        var b = new TfliteBuilder();
        int input = b.map("input", 1, 8, 8, 4);
        operator.accept(b);
        refused(b.build(input, input), parts);
    }

    @Test
    void theSmallModelIsReadWhole() throws IOException {
        var model = read(SmallModel.bytes());

        assertThat(model.network().name()).isEqualTo("small");
        assertThat(model.network().input()).isEqualTo(new Shape(8, 8, 3));
        assertThat(model.network().body())
                .isEqualTo(Sequence.of(
                        new Conv("conv1", 4, Window.square(3, 2, Padding.SAME), 1, true),
                        Activation.relu6("conv1_relu"),
                        new Parallel(
                                "add",
                                Parallel.Join.ADD,
                                List.of(
                                        Sequence.identity(),
                                        Sequence.of(
                                                new DepthwiseConv(
                                                        "conv_dw_1", Window.square(3, 1, Padding.SAME), 1, true),
                                                Activation.relu("conv_dw_1_relu")))),
                        new Parallel(
                                "concatenate",
                                Parallel.Join.CONCATENATE,
                                List.of(
                                        Sequence.identity(),
                                        Sequence.of(Pool.max("max_pool", Window.square(3, 1, Padding.SAME))))),
                        new GlobalAveragePool("global_average_pooling"),
                        new Dense("conv_preds", 4, true),
                        new Softmax("predictions")));
        assertThat(model.preprocessing()).isEqualTo(Preprocessing.TF_SLIM);
        assertThat(model.labels()).isEmpty();
        assertThat(model.notes()).containsEntry("converter", "made for a test").containsEntry("format", "TFLite");
    }

    @Test
    void weightsComeInOurOrder() throws IOException {
        var weights = read(SmallModel.bytes()).weights();

        // OHWI to HWIO: the value of output o, row y, column x, input i was counted at ((o*3 + y)*3 + x)*3 + i.
        var conv = weights.get("conv1/kernel");
        for (int o = 0; o < 4; o++) {
            for (int tap = 0; tap < 9; tap++) {
                for (int i = 0; i < 3; i++) {
                    assertThat(conv.get((tap * 3 + i) * 4 + o)).isEqualTo((o * 9 + tap) * 3 + i);
                }
            }
        }
        assertThat(weights.get("conv_dw_1/depthwise_kernel").dims()).containsExactly(3, 3, 4, 1);
        assertThat(weights.get("conv_dw_1/depthwise_kernel").toArray()).isEqualTo(counting(36));
        assertThat(weights.get("conv_preds/kernel").dims()).containsExactly(8, 4);
        assertThat(weights.get("conv_preds/kernel").get(1)).isEqualTo(8); // input 0, output 1
        assertThat(weights.get("conv1/bias").toArray()).isEqualTo(counting(4));
    }

    @Test
    void codesOfBefore2020AreRead() throws IOException {
        var b = new TfliteBuilder().withOldCodes();
        int input = b.map("input", 1, 8, 8, 4);
        int kernel = b.floats("k", counting(6 * 4), 6, 1, 1, 4);
        int output = b.conv(input, kernel, -1, b.map("out", 1, 8, 8, 6), VALID, 1, 1, NONE);

        assertThat(layers(b.build(input, output)))
                .containsExactly(new Conv("conv1", 6, Window.square(1, 1, Padding.VALID), 1, false));
    }

    @Test
    void groupsAreReadFromTheKernel() throws IOException {
        var b = new TfliteBuilder();
        int input = b.map("input", 1, 8, 8, 4);
        int kernel = b.floats("k", counting(6 * 2), 6, 1, 1, 2);
        int output = b.conv(input, kernel, -1, b.map("out", 1, 8, 8, 6), VALID, 1, 1, NONE);

        assertThat(layers(b.build(input, output)))
                .containsExactly(new Conv("conv1", 6, Window.square(1, 1, Padding.VALID), 2, false));
    }

    @Test
    void channelMultipliersAreReadFromTheKernel() throws IOException {
        var b = new TfliteBuilder();
        int input = b.map("input", 1, 8, 8, 2);
        int kernel = b.floats("k", counting(9 * 6), 1, 3, 3, 6);
        int output = b.depthwise(input, kernel, -1, b.map("out", 1, 6, 6, 6), VALID, 1, NONE);

        assertThat(layers(b.build(input, output)))
                .containsExactly(new DepthwiseConv("conv_dw_1", Window.square(3, 1, Padding.VALID), 3, false));
    }

    @Test
    void padsPoolsAndFlattenings() throws IOException {
        var b = new TfliteBuilder();
        int input = b.map("input", 1, 8, 6, 2);
        int padded = b.plain(
                BuiltinOperator.PAD,
                b.map("padded", 1, 9, 9, 2),
                input,
                b.ints("pads", new int[] {0, 0, 0, 1, 1, 2, 0, 0}, 4, 2));
        int pooled = b.pool(BuiltinOperator.AVERAGE_POOL_2D, padded, b.map("pool", 1, 3, 3, 2), VALID, 3, 3, 3);
        int relu = b.plain(BuiltinOperator.RELU6, b.map("relu", 1, 3, 3, 2), pooled);
        int flat = b.plain(BuiltinOperator.RESHAPE, b.map("flat", 1, 18), relu);
        int same = b.plain(BuiltinOperator.SQUEEZE, b.map("squeezed", 18), flat);

        assertThat(layers(b.build(input, same)))
                .containsExactly(
                        new ZeroPad("zero_pad", new Padding.Explicit(0, 1, 1, 2)),
                        Pool.average("average_pool", Window.square(3, 3, Padding.VALID)),
                        Activation.relu6("relu6"),
                        new Flatten("flatten"));
    }

    @Test
    void denseLayersFlattenTheirInput() throws IOException {
        var b = new TfliteBuilder();
        int input = b.map("input", 1, 2, 2, 3);
        int kernel = b.floats("k", counting(60), 5, 12);
        int output = b.dense(input, kernel, -1, b.map("out", 1, 5), ActivationFunctionType.RELU);

        assertThat(layers(b.build(input, output)))
                .containsExactly(
                        new Flatten("flatten"), new Dense("conv_preds", 5, false), Activation.relu("conv_preds_relu"));
    }

    @Test
    void theFirstOfTwoDenseLayersIsNotTheClassifier() throws IOException {
        var b = new TfliteBuilder();
        int input = b.map("input", 1, 3);
        int hidden = b.dense(input, b.floats("k", counting(6), 2, 3), -1, b.map("h", 1, 2), NONE);
        int output = b.dense(hidden, b.floats("l", counting(4), 2, 2), -1, b.map("o", 1, 2), NONE);

        assertThat(layers(b.build(input, output)).stream().map(Layer::name)).containsExactly("dense", "conv_preds");
    }

    @Test
    void unknownOperatorsAreNamed() {
        refused(
                b -> b.plain(BuiltinOperator.FLOOR, b.map("out", 1, 8, 8, 4), 0),
                "has the operator FLOOR, which is not supported",
                "; supported operators: ADD, ");
        refused(
                b -> b.custom("Sneaky\nOp", b.map("out", 1, 8, 8, 4), 0),
                "has the operator custom operator Sneaky?Op, which is not supported");
        refused(b -> b.plain(9999, b.map("out", 1, 8, 8, 4), 0), "has the operator operator number 9999");
    }

    @Test
    void whatIsKnownButNotReadIsNamed() {
        refused(
                b -> b.conv(
                        0,
                        b.floats("k", counting(4), 1, 1, 1, 4),
                        -1,
                        b.map("out", 1, 8, 8, 1),
                        SAME,
                        1,
                        1,
                        ActivationFunctionType.TANH),
                "CONV_2D (operator 0)",
                "activation is TANH");
        refused(
                b -> b.conv(0, b.floats("k", counting(9), 3, 1, 1, 3), -1, b.map("out", 1, 8, 8, 3), SAME, 1, 1, NONE),
                "kernel of 3x1x1x3 does not fit its input of 8x8x4");
        refused(
                b -> b.plain(BuiltinOperator.MEAN, b.map("out", 1, 8, 8, 1), 0, b.ints("axes", new int[] {3}, 1)),
                "MEAN (operator 0)",
                "[3]");
        refused(b -> b.plain(BuiltinOperator.RESHAPE, b.map("out", 1, 16, 4, 4), 0), "RESHAPE (operator 0)");
        refused(b -> b.softmax(0, b.map("out", 1, 8, 8, 4), 2), "SOFTMAX (operator 0)", "beta");
        refused(
                b -> b.add(0, b.floats("c", counting(32), 1, 8, 4), b.map("out", 1, 8, 8, 4), NONE),
                "ADD (operator 0)",
                "\"c\" is 1x8x4");
        refused(b -> b.concatenate(1, b.map("out", 1, 16, 8, 4), 0, 0), "CONCATENATION (operator 0)", "axis 1");
        refused(
                b -> b.plain(
                        BuiltinOperator.PAD,
                        b.map("out", 1, 8, 8, 6),
                        0,
                        b.ints("pads", new int[] {0, 0, 0, 0, 0, 0, 1, 1}, 4, 2)),
                "PAD (operator 0)");
    }

    @Test
    void shapesThatContradictEachOtherAreNamed() {
        refused(
                b -> b.pool(BuiltinOperator.MAX_POOL_2D, 0, b.map("out", 1, 5, 4, 4), SAME, 2, 3, 3),
                "its output is 4x4x4, but the file says 1x5x4x4");
        refused(
                b -> b.conv(0, b.floats("k", counting(4), 1, 1, 1, 8), -1, b.map("out", 1, 8, 8, 1), SAME, 1, 1, NONE),
                "needs 32 bytes, not 16");
    }

    @Test
    void otherIntegersAreNamed() {
        refused(
                b -> b.tensor("weights", TensorType.INT16, new byte[8], 4),
                "is quantized to INT16 (the tensor \"weights\"); only float, INT8 and UINT8 models are supported");
    }

    @Test
    void weightsUsedOverAndOverDoNotFillTheMemory() {
        var b = new TfliteBuilder();
        int input = b.map("input", 1, 1, 1, 64);
        int kernel = b.floats("k", new float[64 * 64], 64, 64);
        int last = input;
        for (int i = 0; i < 50; i++) {
            last = b.dense(last, kernel, -1, b.map("m" + i, 1, 64), NONE);
        }
        refused(b.build(input, last), "over and over");
    }

    @Test
    void batchesAreRefused() {
        var b = new TfliteBuilder();
        int input = b.map("input", 8, 32, 32, 3);
        refused(b.build(input, input), "\"input\" is 8x32x32x3");
    }

    @Test
    void labelsBesideTheFileAreTakenWhenTheyFit() throws IOException {
        var file = Files.write(directory.resolve("m.tflite"), SmallModel.bytes());
        assertThat(TfliteReader.read(file).labels()).isEmpty();

        var beside = Files.writeString(directory.resolve("labels.txt"), "a\nb\nc\nd\n");
        var model = TfliteReader.read(file);
        assertThat(model.labels()).containsExactly("a", "b", "c", "d");
        assertThat(model.notes()).containsEntry("labels", "labels.txt beside the file");

        Files.writeString(beside, "a\nb\nc\n");
        model = TfliteReader.read(file);
        assertThat(model.labels()).isEmpty();
        assertThat(model.notes().get("labels")).contains("3 for 4 classes");
    }

    @Test
    void filesThatAreNoneAreNamed() throws IOException {
        assertThatThrownBy(() -> TfliteReader.read(directory.resolve("none.tflite")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("none.tflite: there is no such file");
        assertThatThrownBy(() -> TfliteReader.read(directory)).hasMessageContaining("is not a file");
        var empty = Files.createFile(directory.resolve("empty.tflite"));
        assertThatThrownBy(() -> TfliteReader.read(empty))
                .isInstanceOf(BadFileException.class)
                .hasMessageContaining("is not a TFLite file");
        refused(
                "{\"a\": 1, \"b\": 2, \"c\": 3}".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                "is not a TFLite file");
    }
}
