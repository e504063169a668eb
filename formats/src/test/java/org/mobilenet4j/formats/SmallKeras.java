package org.mobilenet4j.formats;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.Dropout;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.Shape;
import org.mobilenet4j.tensor.Tensor;

/// A small classifier with most of Keras's layers that are read, built by hand here and described as
/// Keras does: 16x16x3 in, four classes out.
public final class SmallKeras {
    private SmallKeras() {}

    public static Model model(String name) {
        var network = new Network(
                name,
                new Shape(16, 16, 3),
                Sequence.of(
                        Conv.of("conv1", 8, Window.square(3, 2, Padding.SAME)),
                        new BatchNorm("conv1_bn", 0.01),
                        Activation.relu6("conv1_relu"),
                        DepthwiseConv.of("conv_dw_1", Window.square(3, 2, new Padding.Explicit(0, 1, 0, 1))),
                        new BatchNorm("conv_dw_1_bn"),
                        Conv.pointwise("conv_pw_1", 8).withBias(),
                        Activation.relu("conv_pw_1_relu"),
                        new Parallel(
                                "add",
                                Parallel.Join.ADD,
                                List.of(
                                        Sequence.identity(),
                                        Sequence.of(
                                                DepthwiseConv.of("sep_dw", Window.square(3, 1, Padding.SAME)),
                                                Conv.pointwise("sep_pw", 8).withBias()))),
                        new Parallel(
                                "concat",
                                Parallel.Join.CONCATENATE,
                                List.of(
                                        Sequence.identity(),
                                        Sequence.of(Pool.max("pool", Window.square(3, 1, Padding.SAME))))),
                        new GlobalAveragePool("gap"),
                        new Dropout("drop", 0.25),
                        Dense.of("conv_preds", 4),
                        new Softmax("act")));
        var weights = new LinkedHashMap<>(Weights.random(network, 5).tensors());
        var ones = new float[8];
        Arrays.fill(ones, 1);
        weights.put("conv_dw_1_bn/gamma", Tensor.of(ones, 8));
        return new Model(network, new Weights(weights), List.of(), Preprocessing.TF_SLIM);
    }

    /// The layers, on an input of `dims`, through `json`.
    public static String config(KerasJson json, String dims) {
        return json.input("input_1", dims)
                .layer("Conv2D", "conv1", convolution(8, 3, 2, "same", false), "input_1")
                .layer("BatchNormalization", "conv1_bn", "'axis':[3],'epsilon':0.01", "conv1")
                .layer("ReLU", "conv1_relu", "'max_value':6.0,'negative_slope':0.0,'threshold':0.0", "conv1_bn")
                .layer("ZeroPadding2D", "conv_pad_1", "'padding':[[0,1],[0,1]]", "conv1_relu")
                .layer(
                        "DepthwiseConv2D",
                        "conv_dw_1",
                        "'depth_multiplier':1,'kernel_size':[3,3],'strides':[2,2],'padding':'valid','use_bias':false",
                        "conv_pad_1")
                .layer("BatchNormalization", "conv_dw_1_bn", "'axis':-1,'scale':false,'gamma':null", "conv_dw_1")
                .layer(
                        "Conv2D",
                        "conv_pw_1",
                        convolution(8, 1, 1, "same", true) + ",'activation':'relu'",
                        "conv_dw_1_bn")
                .layer("SeparableConv2D", "sep", convolution(8, 3, 1, "same", true), "conv_pw_1")
                .layer("Add", "add", "", "conv_pw_1", "sep")
                .layer("MaxPooling2D", "pool", "'pool_size':[3,3],'strides':[1,1],'padding':'same'", "add")
                .layer("Concatenate", "concat", "'axis':-1", "add", "pool")
                .layer("GlobalAveragePooling2D", "gap", "'keepdims':true", "concat")
                .layer("Dropout", "drop", "'rate':0.25", "gap")
                .layer("Conv2D", "conv_preds", convolution(4, 1, 1, "same", true) + ",'activation':'linear'", "drop")
                .layer("Reshape", "reshape", "'target_shape':[4]", "conv_preds")
                .layer("Activation", "act", "'activation':'softmax'", "reshape")
                .functional("input_1", "act");
    }

    private static String convolution(int filters, int size, int stride, String padding, boolean bias) {
        return "'filters':" + filters + ",'kernel_size':[" + size + "," + size + "],'strides':[" + stride + "," + stride
                + "],'padding':'" + padding + "','data_format':'channels_last','dilation_rate':[1,1],'groups':1,"
                + "'use_bias':" + bias + ",'bias_regularizer':null";
    }

    /// The variables of each layer in Keras's order, by layer and variable: `conv1/kernel`.
    public static Map<String, Tensor> variables(Weights weights, String depthwiseName) {
        var all = new LinkedHashMap<String, Tensor>();
        all.put("conv1/kernel", weights.get("conv1/kernel"));
        for (var parameter : List.of("gamma", "beta", "moving_mean", "moving_variance")) {
            all.put("conv1_bn/" + parameter, weights.get("conv1_bn/" + parameter));
        }
        all.put("conv_dw_1/" + depthwiseName, weights.get("conv_dw_1/depthwise_kernel"));
        for (var parameter : List.of("beta", "moving_mean", "moving_variance")) {
            all.put("conv_dw_1_bn/" + parameter, weights.get("conv_dw_1_bn/" + parameter));
        }
        all.put("conv_pw_1/kernel", weights.get("conv_pw_1/kernel"));
        all.put("conv_pw_1/bias", weights.get("conv_pw_1/bias"));
        all.put("sep/depthwise_kernel", weights.get("sep_dw/depthwise_kernel"));
        all.put("sep/pointwise_kernel", weights.get("sep_pw/kernel"));
        all.put("sep/bias", weights.get("sep_pw/bias"));
        var classifier = weights.get("conv_preds/kernel");
        all.put("conv_preds/kernel", Tensor.of(classifier.toArray(), 1, 1, 16, 4));
        all.put("conv_preds/bias", weights.get("conv_preds/bias"));
        return all;
    }

    /// The same by their places in a `.keras` file, which knows layers by their classes.
    public static Map<String, Tensor> numbered(Weights weights) {
        var places = Map.of(
                "conv1", "conv2d",
                "conv1_bn", "batch_normalization",
                "conv_dw_1", "depthwise_conv2d",
                "conv_dw_1_bn", "batch_normalization_1",
                "conv_pw_1", "conv2d_1",
                "sep", "separable_conv2d",
                "conv_preds", "conv2d_2");
        var counts = new LinkedHashMap<String, Integer>();
        var all = new LinkedHashMap<String, Tensor>();
        variables(weights, "kernel").forEach((name, tensor) -> {
            var layer = name.substring(0, name.indexOf('/'));
            int number = counts.merge(layer, 1, Integer::sum) - 1;
            all.put("layers/" + places.get(layer) + "/vars/" + number, tensor);
        });
        return all;
    }
}
