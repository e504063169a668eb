package org.mobilenet4j.formats.tflite.write;

import java.util.Arrays;
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
import org.mobilenet4j.arch.LocalResponseNorm;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Nonlinearity;
import org.mobilenet4j.arch.Nonlinearity.Curve;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.arch.Prelu;
import org.mobilenet4j.arch.Requantize;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Sigmoid;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.arch.ZeroPad;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.ActivationQuantization;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.NetworkQuantization;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Quantization;

/// Checks for quantized layers that TFLite's kernels cannot compute, or would silently compute differently.
final class TfliteLimits {
    private final Network network;
    private final Weights weights;
    private final NetworkQuantization maps;
    private final ElementType type;
    private final boolean isDetector;

    private TfliteLimits(Model model, NetworkQuantization maps) {
        this.network = model.network();
        this.weights = model.weights();
        this.maps = maps;
        this.type = maps.input().type();
        this.isDetector = model.boxes().isPresent();
    }

    /// @throws IllegalArgumentException if TFLite cannot compute a layer of the quantized `model`, naming it
    static void check(Model model) {
        model.quantization().ifPresent(maps -> {
            var limits = new TfliteLimits(model, maps);
            model.network().nodes().forEach(limits::check);
        });
    }

    private void check(Node node) {
        if (maps.isBundle(node)) {
            if (!isDetector) {
                throw cannot(node, "it joins parts with scales of their own");
            }
            return;
        }
        if (maps.isStored(node) && of(node.id()).type() != type) {
            throw cannot(
                    node,
                    "its output is " + of(node.id()).type() + ", the network's input " + type
                            + ", but TFLite uses one type throughout");
        }
        switch (node.layer()) {
            case Conv _, Dense _, DepthwiseConv _ -> checkKernel(node);
            case Parallel parallel -> checkJoin(node, parallel.join());
            case BatchNorm _ -> throw cannot(node, "TFLite has no quantized batch normalization");
            case LocalResponseNorm _ -> throw cannot(node, "TFLite has no quantized local response normalization");
            case Sequence _ -> throw new IllegalStateException(node.name() + " is not an operation here");
            case Nonlinearity layer -> {
                if (layer.function() == Curve.ELU && type == ElementType.UINT8) {
                    throw cannot(node, "TFLite has no ELU of UINT8");
                }
            }
            case Requantize layer -> {
                if (layer.roundsFloats() && type == ElementType.INT8) {
                    throw cannot(node, "it rounds as joins of several scales do, which TFLite has only for UINT8");
                }
            }
            case Activation _,
                    Pool _,
                    GlobalAveragePool _,
                    Flatten _,
                    Dropout _,
                    Softmax _,
                    Sigmoid _,
                    Prelu _,
                    ChannelShuffle _,
                    ZeroPad _,
                    BilinearResize _ -> {}
        }
    }

    private void checkKernel(Node node) {
        var name = node.name() + "/" + node.parameters().getFirst().name();
        var kernel = weights.get(name);
        var scales = kernel.quantization().orElseThrow();
        if (kernel.type() != type) {
            throw cannot(node, "its kernel is " + kernel.type() + ", but TFLite needs " + type + ", like its input");
        }
        int channels = node.output().channels();
        if (scales.channels() != 1 && (type == ElementType.UINT8 || scales.channels() != channels)) {
            throw cannot(
                    node,
                    "its kernel has " + scales.channels() + " scales, but TFLite needs one"
                            + (type == ElementType.UINT8
                                    ? " of UINT8"
                                    : ", or one for each of " + channels + " channels"));
        }
        if (type == ElementType.INT8 && !isSymmetric(scales)) {
            throw cannot(node, "its kernel has zero points other than 0, which TFLite does not support for INT8");
        }
    }

    private static boolean isSymmetric(Quantization scales) {
        return Arrays.stream(scales.zeroPoints()).allMatch(zero -> zero == 0);
    }

    private void checkJoin(Node node, Parallel.Join join) {
        int branches = node.inputs().size();
        switch (join) {
            case ADD, MULTIPLY -> {
                if (branches != 2) {
                    throw cannot(node, "it takes " + branches + " quantized feature maps, but TFLite takes two");
                }
            }
            case CONCATENATE -> {
                boolean rescales =
                        node.inputs().stream().anyMatch(input -> !of(input).meansTheSameAs(of(node.id())));
                if (rescales && type == ElementType.INT8) {
                    throw cannot(
                            node,
                            "it joins feature maps of several scales, but TFLite joins only INT8 feature maps of one");
                }
            }
        }
    }

    private ActivationQuantization of(int value) {
        return maps.of(network, value);
    }

    private static BadValueException cannot(Node node, String why) {
        return new BadValueException(
                "the layer " + node.name() + " cannot be written as TFLite: " + why + "; write it as .safetensors");
    }
}
