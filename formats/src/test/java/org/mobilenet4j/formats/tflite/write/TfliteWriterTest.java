package org.mobilenet4j.formats.tflite.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.Dropout;
import org.mobilenet4j.arch.Flatten;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.formats.TfliteOracle;
import org.mobilenet4j.formats.tflite.read.TfliteFile;
import org.mobilenet4j.formats.tflite.read.TfliteReader;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.infer.Session;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Shape;
import org.mobilenet4j.tensor.Tensor;

class TfliteWriterTest {
    @TempDir
    private Path folder;

    private static Model model(Shape input, Layer... layers) {
        var network = new Network("test", input, Sequence.of(layers));
        return new Model(network, Weights.random(network, 5), List.of(), Preprocessing.TF_SLIM);
    }

    private static Model mobileNet() {
        var network = MobileNetV1.of(0.25, 32, 10).network();
        return new Model(network, Weights.random(network, 5), List.of(), Preprocessing.TF_SLIM);
    }

    private Path write(Model model, ElementType type) throws IOException {
        var file = folder.resolve("model.tflite");
        TfliteWriter.write(model, file, type);
        return file;
    }

    private TfliteFile tables(Model model) throws IOException {
        var file = write(model, ElementType.FLOAT32);
        return TfliteFile.parse(file, MemorySegment.ofArray(Files.readAllBytes(file)));
    }

    private List<String> operators(Model model) throws IOException {
        return tables(model).operators().stream()
                .map(operator -> operator.kind()
                        + (operator.options().fused().equals("NONE")
                                ? ""
                                : " " + operator.options().fused()))
                .toList();
    }

    private static float[] image(Network network) {
        var image = new float[network.input().elements()];
        for (int i = 0; i < image.length; i++) {
            image[i] = (i * 37 % 101 - 50) / 50f;
        }
        return image;
    }

    @Test
    void mostLayersAreOneOperator() throws IOException {
        var model = model(
                new Shape(8, 8, 3),
                Conv.of("conv", 4, Window.square(3, 2, Padding.SAME)),
                new BatchNorm("conv_bn"),
                Activation.relu6("conv_relu"),
                DepthwiseConv.of("dw", Window.square(3, 1, Padding.SAME)),
                new BatchNorm("dw_bn"),
                Activation.relu("dw_relu"),
                Pool.max("pool", Window.square(2, 2, Padding.VALID)),
                new GlobalAveragePool("gap"),
                new Dropout("dropout", 0.5),
                Dense.of("dense", 5),
                new Softmax("softmax"));

        assertThat(operators(model))
                .containsExactly(
                        "CONV_2D RELU6", "DEPTHWISE_CONV_2D RELU", "MAX_POOL_2D", "MEAN", "FULLY_CONNECTED", "SOFTMAX");
        assertThat(tables(model).tensors().get(tables(model).output()).dims()).containsExactly(1, 5);
    }

    @Test
    void activationsOthersReadTooAreOperatorsOfTheirOwn() throws IOException {
        var branches = List.<Layer>of(Sequence.identity(), Activation.relu("relu"));
        var model = model(
                new Shape(4, 4, 2),
                Conv.pointwise("conv", 2),
                new Parallel("add", Parallel.Join.ADD, branches),
                Activation.relu6("after"));

        assertThat(operators(model)).containsExactly("CONV_2D", "RELU", "ADD RELU6");
    }

    @Test
    void paddingIsWrittenOutWhereTfliteHasNoneLikeIt() throws IOException {
        var shape = new Shape(8, 8, 2);
        assertThat(operators(model(shape, Conv.of("c", 2, Window.square(3, 1, Padding.SYMMETRIC)))))
                .as("the same as SAME")
                .containsExactly("CONV_2D");
        assertThat(operators(model(shape, Conv.of("c", 2, Window.square(3, 2, Padding.SYMMETRIC)))))
                .containsExactly("PAD", "CONV_2D");
        assertThat(operators(model(shape, Pool.max("p", Window.square(3, 2, Padding.SYMMETRIC)))))
                .containsExactly("PADV2", "MAX_POOL_2D");
        var narrow = new Window(1, 2, 2, 2, Padding.SAME);
        assertThat(operators(model(shape, Conv.of("c", 2, narrow))))
                .as("XNNPACK takes SAME for something else here")
                .containsExactly("PAD", "CONV_2D");
    }

    @Test
    void whatTfliteCannotDoIsRefused() {
        var model = model(new Shape(8, 8, 2), Pool.average("mean_of_few", Window.square(3, 2, Padding.SYMMETRIC)));
        var file = folder.resolve("model.tflite");

        assertThatThrownBy(() -> TfliteWriter.write(model, file, ElementType.FLOAT32))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("mean_of_few", "average pooling with symmetric padding", "8x8x2");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void bytesAreTheSameEachTimeAndAligned() throws IOException {
        var model = mobileNet().withLabels(List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j"));
        var first = Files.readAllBytes(write(model, ElementType.FLOAT32));

        assertThat(Files.readAllBytes(write(model, ElementType.FLOAT32))).isEqualTo(first);

        var whole = MemorySegment.ofArray(first);
        int constants = 0;
        for (var tensor : TfliteFile.parse(Path.of("model.tflite"), whole).tensors()) {
            if (tensor.isConstant()) {
                var data = Objects.requireNonNull(tensor.data());
                assertThat((data.address() - whole.address()) % 16)
                        .as(tensor.name())
                        .isZero();
                constants++;
            }
        }
        assertThat(constants).isEqualTo(2 * 28 + 1); // kernels, biases, and the axes of the mean
    }

    @Test
    void halvesAreHalfAsLong() throws IOException {
        var model = mobileNet();
        long floats = Files.size(write(model, ElementType.FLOAT32));

        var file = write(model, ElementType.FLOAT16);

        assertThat(Files.size(file)).isLessThan(floats * 6 / 10);
        var back = TfliteReader.read(file);
        assertThat(back.weights().get("conv1/kernel").type()).isEqualTo(ElementType.FLOAT32); // transposed
        var image = image(model.network());
        var expected = Session.open(back).run(image, 1);
        assertThat(expected).containsExactly(Session.open(model).run(image, 1), within(0.01f));
        assertThat(new TfliteOracle(file, false).run(image)).containsExactly(expected, within(1e-6f));
        assertThat(new TfliteOracle(file, true).run(image)).containsExactly(expected, within(1e-6f));
    }

    @Test
    void valuesTooLargeForHalvesLeaveTheFileAsItWas() throws IOException {
        var model = model(new Shape(1, 1, 1), Dense.of("large", 1));
        var weights = new LinkedHashMap<>(model.weights().tensors());
        weights.put("large/kernel", Tensor.of(new float[] {1e6f}, 1, 1));
        var large = new Model(model.network(), new Weights(weights), List.of(), Preprocessing.TF_SLIM);
        var file = Files.writeString(folder.resolve("model.tflite"), "what was here before");

        assertThatThrownBy(() -> TfliteWriter.write(large, file, ElementType.FLOAT16))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("large/kernel", "too large for float16");
        assertThat(file).hasContent("what was here before");
        assertThat(folder.toFile().list()).containsExactly("model.tflite");
    }

    @Test
    void overTwoGibibytesAreRefused() {
        var tables = new TfliteTables();
        int input = tables.map("input", List.of(1, 1, 1, 1), TfliteTensorType.FLOATS);
        for (int i = 0; i < 2; i++) {
            tables.constant("large", TfliteTensorType.FLOATS, List.of(1 << 28), new TfliteBuffer(1L << 30, out -> {}));
        }

        assertThatThrownBy(() -> tables.layOut(input, List.of(input), ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("TFLite files are limited to 2 GiB", "--float16");
    }

    @Test
    void aBatchCanBeRunAsOne() throws IOException {
        // Reshapes leave the first dimension open.
        var model = model(new Shape(2, 2, 3), new Flatten("flatten"), Dense.of("dense", 2));
        var reshape = tables(model).operators().getFirst();

        assertThat(tables(model).tensors().get(reshape.input(1)).integers()).containsExactly(-1, 12);
    }
}
