package org.mobilenet4j.formats.onnx.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mobilenet4j.formats.OnnxBuilder.number;
import static org.mobilenet4j.formats.OnnxBuilder.numbers;
import static org.mobilenet4j.formats.OnnxBuilder.real;
import static org.mobilenet4j.formats.OnnxBuilder.text;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.BilinearResize;
import org.mobilenet4j.arch.ChannelShuffle;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.Dropout;
import org.mobilenet4j.arch.Flatten;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.LocalResponseNorm;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Sigmoid;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.arch.ZeroPad;
import org.mobilenet4j.formats.OnnxAgreement;
import org.mobilenet4j.formats.OnnxBuilder;
import org.mobilenet4j.image.Normalization;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.tensor.Shape;

/// What PyTorch and tf2onnx make of the same layers: read, and computed as ONNX Runtime does.
class OnnxIdiomsTest {
    /// Reads `file` and has both engines run it.
    private static Model read(byte[] file) throws IOException, OrtException {
        var model = OnnxReader.read(Path.of("idiom.onnx"), file);
        OnnxAgreement.agrees(file, model, 1);
        return model;
    }

    private static List<Layer> layers(byte[] file) throws IOException, OrtException {
        return ((Sequence) read(file).network().body()).layers();
    }

    private static Window window(int size, int stride, Padding padding) {
        return Window.square(size, stride, padding);
    }

    /// `Conv`, with strides and padding on all sides, and a bias or none.
    private static String conv(
            OnnxBuilder b, String input, int filters, int inputs, int size, int stride, int group, String bias) {
        var kernel = b.floats("w" + filters + input, filters, inputs / group, size, size);
        int pad = size / 2;
        return b.node(
                "Conv",
                bias.isEmpty() ? List.of(input, kernel) : List.of(input, kernel, bias),
                numbers("dilations", 1, 1),
                number("group", group),
                numbers("kernel_shape", size, size),
                numbers("pads", pad, pad, pad, pad),
                numbers("strides", stride, stride));
    }

    private static String batchNorm(OnnxBuilder b, String input, int channels) {
        var inputs = List.of(
                input,
                b.floats("gamma" + input, channels),
                b.floats("beta" + input, channels),
                b.floats("mean" + input, channels),
                b.positive("variance" + input, channels));
        return b.node("BatchNormalization", inputs, real("epsilon", 1e-5f), real("momentum", 0.9f));
    }

    @Test
    void pytorchsMobileNet() throws IOException, OrtException {
        var b = OnnxBuilder.pytorch(17);
        var x = b.input(-1, 3, 16, 16);
        x = batchNorm(b, conv(b, x, 8, 3, 3, 2, 1, ""), 8);
        x = b.node("Clip", List.of(x, b.constant(0f), b.constant(6f)));
        x = batchNorm(b, conv(b, x, 8, 8, 3, 1, 8, ""), 8);
        x = b.node("Relu", x);
        x = b.node("Relu", conv(b, x, 12, 8, 1, 1, 1, b.floats("bias", 12)));
        x = b.node("GlobalAveragePool", x);
        x = b.node("Flatten", x, number("axis", 1));
        x = b.node("Dropout", x);
        x = b.node(
                "Gemm",
                List.of(x, b.floats("fc.weight", 5, 12), b.floats("fc.bias", 5)),
                real("alpha", 1),
                real("beta", 1),
                number("transB", 1));

        var model = read(b.build(x));

        assertThat(model.network().name()).isEqualTo("idiom");
        assertThat(model.network().input()).isEqualTo(new Shape(16, 16, 3));
        assertThat(model.network().body())
                .isEqualTo(Sequence.of(
                        Conv.of("conv1", 8, window(3, 2, Padding.SYMMETRIC)),
                        new BatchNorm("conv1_bn", 1e-5),
                        Activation.relu6("conv1_relu"),
                        DepthwiseConv.of("conv_dw_1", window(3, 1, Padding.SAME)),
                        new BatchNorm("conv_dw_1_bn", 1e-5),
                        Activation.relu("conv_dw_1_relu"),
                        Conv.pointwise("conv_pw_1", 12).withBias(),
                        Activation.relu("conv_pw_1_relu"),
                        new GlobalAveragePool("global_average_pooling"),
                        new Dropout("dropout", 0.5),
                        Dense.of("conv_preds", 5)));
        assertThat(model.preprocessing().normalization()).isEqualTo(Normalization.IMAGENET);
        assertThat(model.labels()).isEmpty();
        assertThat(model.notes()).containsEntry("format", "ONNX").containsEntry("converter", "pytorch 1.2");
    }

    @Test
    void shapesThatOldExportersCompute() throws IOException, OrtException {
        // x.view(x.size(0), -1), and ReLU6 by attributes, as before version 11.
        var b = OnnxBuilder.pytorch(9);
        var x = b.input(-1, 4, 2, 3);
        x = b.node("Clip", x, real("min", 0), real("max", 6));
        var batch = b.node("Gather", List.of(b.node("Shape", x), b.constant(0L)), number("axis", 0));
        var sizes = b.node(
                "Concat",
                List.of(
                        b.node("Unsqueeze", batch, numbers("axes", 0)),
                        b.node("Unsqueeze", b.constant(-1L), numbers("axes", 0))),
                number("axis", 0));
        x = b.node("Reshape", List.of(x, sizes));
        x = b.node("Gemm", List.of(x, b.floats("w", 5, 24), b.floats("b", 5)), number("transB", 1));
        x = b.node("Softmax", x, number("axis", 1));

        assertThat(layers(b.build(x)))
                .containsExactly(
                        Activation.relu6("relu6"),
                        new Flatten("flatten"),
                        Dense.of("conv_preds", 5),
                        new Softmax("predictions"));
    }

    @Test
    void constantsThatAreInputsToo() throws IOException, OrtException {
        var b = OnnxBuilder.pytorch(8);
        var x = b.input(1, 3, 5, 5);
        b.alsoInput("w4x", 4, 3, 3, 3);
        x = conv(b, x, 4, 3, 3, 1, 1, "");

        assertThat(layers(b.build(x))).containsExactly(Conv.of("conv1", 4, window(3, 1, Padding.SAME)));
    }

    @Test
    void flatteningChannelsFirstMovesRowsOfTheKernel() throws IOException, OrtException {
        // As VGG and AlexNet: channels outermost in the vector, and more layers before the product.
        var b = OnnxBuilder.pytorch(13);
        var x = b.input(-1, 3, 4, 5);
        x = b.node("Relu", b.node("Flatten", x, number("axis", 1)));
        x = b.node("Gemm", List.of(x, b.floats("w1", 7, 60), b.floats("b1", 7)), number("transB", 1));
        x = b.node("Gemm", List.of(b.node("Relu", x), b.floats("w2", 7, 2)));

        assertThat(layers(b.build(x)))
                .containsExactly(
                        Activation.relu("relu"),
                        new Flatten("flatten"),
                        Dense.of("dense", 7),
                        Activation.relu("dense_relu"),
                        new Dense("conv_preds", 2, false));
    }

    @Test
    void meansOfRowsAndColumns() throws IOException, OrtException {
        var b = OnnxBuilder.pytorch(18);
        var x = b.input(-1, 6, 3, 4);
        x = b.node("ReduceMean", List.of(x, b.wholes("axes", -1, -2)), number("keepdims", 1));
        x = b.node("Reshape", List.of(x, b.wholes("sizes", -1, 6)), number("allowzero", 1));
        assertThat(layers(b.build(x))).containsExactly(new GlobalAveragePool("global_average_pooling"));

        var c = OnnxBuilder.pytorch(13);
        var y = c.input(-1, 6, 3, 4);
        y = c.node("Reshape", List.of(y, c.wholes("sizes", 0, 0, -1)));
        y = c.node("ReduceMean", y, numbers("axes", 2), number("keepdims", 0));
        assertThat(layers(c.build(y))).containsExactly(new GlobalAveragePool("global_average_pooling"));
    }

    @Test
    void channelsAreShuffled() throws IOException, OrtException {
        var b = OnnxBuilder.pytorch(14);
        var x = b.input(-1, 6, 4, 3);
        x = b.node("Reshape", List.of(x, b.wholes("split", -1, 2, 3, 4, 3)));
        x = b.node("Transpose", x, numbers("perm", 0, 2, 1, 3, 4));
        x = b.node("Reshape", List.of(x, b.wholes("joined", -1, 6, 4, 3)));
        x = conv(b, x, 4, 6, 1, 1, 2, "");

        assertThat(layers(b.build(x)))
                .containsExactly(
                        new ChannelShuffle("channel_shuffle", 2),
                        new Conv("conv1", 4, window(1, 1, Padding.SAME), 2, false));
    }

    @Test
    void poolsThatRoundUpOrCountZeros() throws IOException, OrtException {
        var b = OnnxBuilder.pytorch(17);
        var x = b.input(-1, 2, 12, 11);
        x = b.node("MaxPool", x, numbers("kernel_shape", 3, 3), numbers("strides", 2, 2), number("ceil_mode", 1));
        x = b.node(
                "AveragePool",
                x,
                numbers("kernel_shape", 3, 3),
                numbers("pads", 1, 1, 1, 1),
                number("count_include_pad", 1));
        x = b.node("AveragePool", x, numbers("kernel_shape", 2, 2), numbers("pads", 0, 1, 1, 0));

        assertThat(layers(b.build(x)))
                .containsExactly(
                        Pool.max("max_pool", window(3, 2, new Padding.Explicit(0, 1, 0, 0))),
                        new ZeroPad("zero_pad", new Padding.Explicit(1, 1, 1, 1)),
                        Pool.average("average_pool", window(3, 1, Padding.VALID)),
                        Pool.average("average_pool_2", window(2, 1, new Padding.Explicit(0, 1, 1, 0))));
    }

    /// With 5 rows and one before, a third output of stride 3 would begin behind the map, where the rows after it lie;
    /// with 6
    /// it begins on its last row.
    @Test
    void poolsThatRoundUpDoNotBeginBehindTheMap() throws IOException, OrtException {
        var b = OnnxBuilder.pytorch(17);
        var x = b.node(
                "MaxPool",
                b.input(-1, 2, 5, 6),
                numbers("kernel_shape", 2, 2),
                numbers("strides", 3, 3),
                numbers("pads", 1, 1, 1, 1),
                number("ceil_mode", 1));

        var model = read(b.build(x));

        assertThat(model.network().output()).isEqualTo(new Shape(2, 3, 2));
        assertThat(((Sequence) model.network().body()).layers())
                .containsExactly(Pool.max("max_pool", window(2, 3, new Padding.Explicit(1, 0, 1, 1))));
    }

    @Test
    void fireAndResidualBlocks() throws IOException, OrtException {
        var b = OnnxBuilder.pytorch(12);
        var x = b.node("Relu", conv(b, b.input(-1, 4, 5, 5), 4, 4, 1, 1, 1, b.floats("b0", 4)));
        var left = b.node("Relu", conv(b, x, 6, 4, 1, 1, 1, b.floats("b1", 6)));
        var right = b.node("Relu", conv(b, x, 7, 4, 3, 1, 1, b.floats("b2", 7)));
        x = b.node("Concat", List.of(left, right), number("axis", 1));
        x = b.node("Add", List.of(conv(b, x, 13, 13, 3, 1, 1, ""), x));
        x = b.node("LRN", x, number("size", 5), real("alpha", 0.01f), real("bias", 2));

        var body = layers(b.build(x));

        assertThat(body).hasSize(5);
        assertThat(body.get(2)).isInstanceOfSatisfying(Parallel.class, fire -> {
            assertThat(fire.join()).isEqualTo(Parallel.Join.CONCATENATE);
            assertThat(fire.branches()).hasSize(2);
        });
        assertThat(body.get(3)).isInstanceOfSatisfying(Parallel.class, residual -> {
            assertThat(residual.join()).isEqualTo(Parallel.Join.ADD);
            assertThat(residual.branches().getLast()).isEqualTo(Sequence.identity());
        });
        assertThat(body.get(4)).isEqualTo(new LocalResponseNorm("response_norm", 5, 0.01, 0.75, 2));
    }

    @Test
    void gatesAndResizesByScales() throws IOException, OrtException {
        var b = OnnxBuilder.pytorch(17);
        var x = conv(b, b.input(-1, 4, 5, 5), 4, 4, 1, 1, 1, b.floats("b0", 4));
        x = b.node("Mul", List.of(x, b.node("Sigmoid", x)));
        x = b.node(
                "Resize",
                List.of(x, "", b.floats("scales", new float[] {1, 1, 2, 3}, 4)),
                text("mode", "linear"),
                text("coordinate_transformation_mode", "pytorch_half_pixel"));

        var body = layers(b.build(x));

        assertThat(body.get(1))
                .isEqualTo(new Parallel(
                        "multiply",
                        Parallel.Join.MULTIPLY,
                        List.of(Sequence.identity(), Sequence.of(new Sigmoid("sigmoid")))));
        assertThat(body.get(2)).isEqualTo(new BilinearResize("resize", 10, 15, BilinearResize.Coordinates.HALF_PIXEL));
    }

    @Test
    void tensorFlowsMobileNet() throws IOException, OrtException {
        // Channels last outside, a padding apart (Keras), a bias apart, rows and columns averaged channels last.
        var b = OnnxBuilder.tf2onnx(13);
        var x = b.input(-1, 16, 16, 3);
        x = b.node("Transpose", x, numbers("perm", 0, 3, 1, 2));
        x = b.node("Pad", List.of(x, b.wholes("pads", 0, 0, 0, 0, 0, 0, 1, 1)));
        x = b.node("Conv", List.of(x, b.floats("w1", 8, 3, 3, 3)), numbers("strides", 2, 2));
        x = b.node("Add", List.of(x, b.floats("b1", 1, 8, 1, 1)));
        x = b.node("Clip", List.of(x, b.floats("zero", new float[] {0}), b.floats("six", new float[] {6})));
        x = b.node(
                "Conv",
                List.of(x, b.floats("w2", 8, 1, 3, 3), b.floats("b2", 8)),
                number("group", 8),
                text("auto_pad", "SAME_UPPER"),
                numbers("strides", 2, 2));
        x = b.node("Transpose", x, numbers("perm", 0, 2, 3, 1));
        x = b.node("ReduceMean", x, numbers("axes", 1, 2), number("keepdims", 0));
        x = b.node("MatMul", List.of(x, b.floats("w3", 8, 5)));
        x = b.node("Add", List.of(x, b.floats("b3", 5)));
        x = b.node("Softmax", x, number("axis", 1));

        var model = read(b.build(x));

        assertThat(model.network().input()).isEqualTo(new Shape(16, 16, 3));
        assertThat(model.network().body())
                .isEqualTo(Sequence.of(
                        Conv.of("conv1", 8, window(3, 2, Padding.SAME)).withBias(),
                        Activation.relu6("conv1_relu"),
                        DepthwiseConv.of("conv_dw_1", window(3, 2, Padding.SAME))
                                .withBias(),
                        new GlobalAveragePool("global_average_pooling"),
                        Dense.of("conv_preds", 5),
                        new Softmax("predictions")));
        assertThat(model.preprocessing()).isEqualTo(Preprocessing.TF_SLIM);
    }

    @Test
    void theClassifierThatIsAConvolution() throws IOException, OrtException {
        var b = OnnxBuilder.tf2onnx(11);
        var x = b.node("Transpose", b.input(-1, 7, 7, 4), numbers("perm", 0, 3, 1, 2));
        x = b.node("AveragePool", x, numbers("kernel_shape", 7, 7));
        x = conv(b, x, 9, 4, 1, 1, 1, b.floats("bias", 9));
        x = b.node("Squeeze", x, numbers("axes", 2, 3));
        x = b.node("Softmax", x, number("axis", 1));

        assertThat(layers(b.build(x)))
                .containsExactly(
                        new GlobalAveragePool("global_average_pooling"),
                        Dense.of("conv_preds", 9),
                        new Softmax("predictions"));
    }

    @Test
    void channelsLastBetweenTranspositions() throws IOException, OrtException {
        var b = OnnxBuilder.tf2onnx(13);
        var x = b.input(-1, 6, 5, 3);
        x = b.node("Pad", List.of(x, b.wholes("pads", 0, 1, 2, 0, 0, 0, 1, 0)));
        var first = b.node("Transpose", x, numbers("perm", 0, 3, 1, 2));
        var branch = b.node("Transpose", conv(b, first, 4, 3, 3, 1, 1, ""), numbers("perm", 0, 2, 3, 1));
        x = b.node("Concat", List.of(b.node("Identity", x), branch), number("axis", -1));
        x = b.node("Reshape", List.of(x, b.wholes("flat", -1, 7 * 8 * 7)));
        x = b.node("MatMul", List.of(x, b.floats("w", 7 * 8 * 7, 3)));
        x = b.node("Unsqueeze", List.of(x, b.wholes("axes", 1, 2)));

        var body = layers(b.build(x));

        assertThat(body.get(0)).isEqualTo(new ZeroPad("zero_pad", new Padding.Explicit(1, 0, 2, 1)));
        assertThat(body.get(1)).isInstanceOf(Parallel.class);
        assertThat(body.subList(2, 4)).containsExactly(new Flatten("flatten"), new Dense("conv_preds", 3, false));
    }

    @Test
    void paddingOnTheUpperSide() throws IOException, OrtException {
        var b = OnnxBuilder.tf2onnx(13);
        var x = b.node(
                "Conv",
                List.of(b.input(1, 2, 6, 6), b.floats("w", 3, 2, 3, 3)),
                text("auto_pad", "SAME_LOWER"),
                numbers("strides", 2, 2));
        x = b.node(
                "Conv", List.of(x, b.floats("v", 3, 3, 2, 2)), text("auto_pad", "VALID"), numbers("dilations", 2, 2));

        assertThat(layers(b.build(x)))
                .containsExactly(
                        Conv.of("conv1", 3, window(3, 2, new Padding.Explicit(1, 0, 1, 0))),
                        Conv.of("conv2", 3, new Window(2, 2, 1, 2, Padding.VALID)));
    }

    @Test
    void paddingByItsAxesAlone() throws IOException, OrtException {
        var b = OnnxBuilder.pytorch(18);
        var x = b.input(-1, 2, 4, 4);
        x = b.node("Pad", List.of(x, b.wholes("pads", 1, 2, 3, 0), "", b.wholes("axes", -1, 2)));

        assertThat(layers(b.build(x))).containsExactly(new ZeroPad("zero_pad", new Padding.Explicit(2, 0, 1, 3)));
    }

    @Test
    void floatsOfEveryKind() throws IOException, OrtException {
        var b = OnnxBuilder.pytorch(13);
        var x = b.input(-1, 2, 3, 3);
        var list = TensorProto.newBuilder().setName("list").setDataType(1);
        for (float value : b.values(4)) {
            list.addFloatData(value);
        }
        x = b.node("Conv", List.of(x, b.node("Identity", b.tensor(list, 2, 2, 1, 1))));
        var halves = TensorProto.newBuilder().setName("halves").setDataType(10);
        for (float value : b.values(2 * 9)) {
            halves.addInt32Data(Float.floatToFloat16(value) & 0xffff);
        }
        var kernel = b.node("Cast", b.tensor(halves, 2, 1, 3, 3), number("to", 1));
        x = b.node("Conv", List.of(x, kernel), number("group", 2));

        assertThat(layers(b.build(x)))
                .containsExactly(
                        Conv.pointwise("conv1", 2), DepthwiseConv.of("conv_dw_1", window(3, 1, Padding.VALID)));
    }

    @Test
    void operatorsThatLeadNowhereAreLeftOut() throws IOException, OrtException {
        var b = OnnxBuilder.pytorch(13);
        var x = b.input(-1, 3, 4, 4);
        conv(b, x, 5, 3, 1, 1, 1, "");
        x = b.node("Relu", x);

        assertThat(layers(b.build(x))).containsExactly(Activation.relu("relu"));
    }
}
