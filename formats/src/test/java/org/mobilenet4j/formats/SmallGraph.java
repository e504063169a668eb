package org.mobilenet4j.formats;

import static org.mobilenet4j.formats.TfjsFiles.fused;
import static org.mobilenet4j.formats.TfjsFiles.text;
import static org.mobilenet4j.formats.TfjsFiles.wholes;

import java.util.List;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Sigmoid;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.Shape;
import org.mobilenet4j.tensor.Tensor;

/// A small graph with most of the operations that are read, built by hand here and described as
/// TensorFlow.js does: 16x16x3 in, four classes out.
public final class SmallGraph {
    private static final String STRIDES_1 = wholes("strides", 1, 1, 1, 1);
    private static final String STRIDES_2 = wholes("strides", 1, 2, 2, 1);
    private static final String SAME = text("padding", "SAME");
    private static final String VALID = text("padding", "VALID");

    private SmallGraph() {}

    public static Model model(String name) {
        var network = new Network(
                name,
                new Shape(16, 16, 3),
                Sequence.of(
                        Conv.of("conv1", 8, Window.square(3, 2, Padding.SAME)).withBias(),
                        Activation.relu6("conv1_relu"),
                        DepthwiseConv.of("conv_dw_1", Window.square(3, 2, new Padding.Explicit(0, 1, 0, 1)))
                                .withBias(),
                        Activation.relu6("conv_dw_1_relu"),
                        Conv.pointwise("conv_pw_1", 8).withBias(),
                        Activation.relu("relu"),
                        new Parallel(
                                "add",
                                Parallel.Join.ADD,
                                List.of(
                                        Sequence.identity(),
                                        Sequence.of(
                                                Conv.of("conv2", 8, Window.square(3, 1, Padding.SAME)),
                                                new BatchNorm("batch_norm", 0.01)))),
                        new Parallel(
                                "concatenate",
                                Parallel.Join.CONCATENATE,
                                List.of(
                                        Sequence.identity(),
                                        Sequence.of(Pool.max("max_pool", Window.square(3, 1, Padding.SAME))))),
                        new Parallel(
                                "multiply",
                                Parallel.Join.MULTIPLY,
                                List.of(Sequence.identity(), Sequence.of(new Sigmoid("sigmoid")))),
                        new GlobalAveragePool("global_average_pooling"),
                        Dense.of("conv_preds", 4),
                        new Softmax("predictions")));
        return new Model(network, Weights.random(network, 7), List.of(), Preprocessing.TF_SLIM);
    }

    public static TfjsFiles files(Weights weights) {
        return new TfjsFiles()
                .floats("k1", weights.get("conv1/kernel"))
                .floats("b1", weights.get("conv1/bias"))
                .floats("kd", weights.get("conv_dw_1/depthwise_kernel"))
                .floats("bd", weights.get("conv_dw_1/bias"))
                .floats("kp", weights.get("conv_pw_1/kernel"))
                .floats("bp", weights.get("conv_pw_1/bias"))
                .floats("k2", weights.get("conv2/kernel"))
                .floats("gamma", weights.get("batch_norm/gamma"))
                .floats("beta", weights.get("batch_norm/beta"))
                .floats("mean", weights.get("batch_norm/moving_mean"))
                .floats("variance", weights.get("batch_norm/moving_variance"))
                .floats("kf", transposed(weights.get("conv_preds/kernel")))
                .floats("bf", weights.get("conv_preds/bias"))
                .integers("pads", 0, 0, 0, 1, 0, 1, 0, 0)
                .integers("axes", 1, 2)
                .integers("axis", 3)
                .integers("flat", -1, 16)
                .node("Placeholder", "x", shape("-1", "16", "16", "3"))
                .node("_FusedConv2D", "stem", STRIDES_2 + "," + SAME + "," + fused("BiasAdd", "Relu6"), "x", "k1", "b1")
                .node("Pad", "padded", "", "stem", "pads")
                .node(
                        "FusedDepthwiseConv2dNative",
                        "dw",
                        STRIDES_2 + "," + VALID + "," + fused("BiasAdd", "Relu6"),
                        "padded",
                        "kd",
                        "bd")
                .node("Conv2D", "pw", STRIDES_1 + "," + SAME, "dw", "kp")
                .node("BiasAdd", "pw_bias", "", "pw:0", "bp")
                .node("Relu", "pw_relu", "", "pw_bias")
                .node("Identity", "shared", "", "pw_relu", "^stem")
                .node("Conv2D", "plain", STRIDES_1 + "," + SAME, "shared", "k2")
                .node("FusedBatchNormV3", "norm", "'epsilon':{'f':0.01}", "plain", "gamma", "beta", "mean", "variance")
                .node("AddV2", "sum", "", "shared", "norm")
                .node("MaxPool", "pool", wholes("ksize", 1, 3, 3, 1) + "," + STRIDES_1 + "," + SAME, "sum")
                .node("ConcatV2", "joined", "", "sum", "pool", "axis")
                .node("Sigmoid", "gate", "", "joined")
                .node("Mul", "gated", "", "joined", "gate")
                .node("Mean", "gap", "'keep_dims':{'b':true}", "gated", "axes")
                .node("Reshape", "reshaped", "", "gap", "flat")
                .node("_FusedMatMul", "logits", "'transpose_b':{'b':true}," + fused("BiasAdd"), "reshaped", "kf", "bf")
                .node("Softmax", "softmax", "", "logits")
                .node("Identity", "Identity", "", "softmax");
    }

    public static String shape(String... sizes) {
        var dims = java.util.Arrays.stream(sizes)
                .map(size -> "{'size':'" + size + "'}")
                .toList();
        return "'shape':{'shape':{'dim':" + dims + "}}";
    }

    private static Tensor transposed(Tensor matrix) {
        int rows = matrix.dims().get(0);
        int columns = matrix.dims().get(1);
        var values = new float[matrix.size()];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                values[c * rows + r] = matrix.get(r * columns + c);
            }
        }
        return Tensor.of(values, columns, rows);
    }
}
