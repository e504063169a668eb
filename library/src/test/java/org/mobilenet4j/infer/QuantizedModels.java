package org.mobilenet4j.infer;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SequencedMap;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.model.ActivationQuantization;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.NetworkQuantization;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Quantization;
import org.mobilenet4j.tensor.Shape;
import org.mobilenet4j.tensor.Tensor;

/// A small quantised network of most kinds of layers, with weights at random.
public final class QuantizedModels {
    private static final ActivationQuantization MAP = new ActivationQuantization(ElementType.INT8, 0.05f, -20);

    private QuantizedModels() {}

    /// The network: a convolution, a residual block, a concatenation of different scales, a classifier.
    public static Network network() {
        var same = Window.square(3, 1, Padding.SAME);
        return new Network(
                "quantised",
                new Shape(12, 10, 3),
                Sequence.of(
                        Conv.of("conv", 24, Window.square(3, 2, Padding.SAME)).withBias(),
                        Activation.relu6("conv_relu"),
                        new Parallel(
                                "add",
                                Parallel.Join.ADD,
                                List.of(
                                        Sequence.identity(),
                                        DepthwiseConv.of("dw", same).withBias())),
                        Activation.relu("relu"),
                        new Parallel(
                                "join",
                                Parallel.Join.CONCATENATE,
                                List.of(
                                        Sequence.identity(),
                                        Conv.pointwise("pw", 17).withBias())),
                        new GlobalAveragePool("pool"),
                        Dense.of("fc", 6),
                        new Softmax("softmax")));
    }

    /// How its maps are stored.
    public static SequencedMap<String, ActivationQuantization> layers() {
        var layers = new LinkedHashMap<String, ActivationQuantization>();
        layers.put("conv_relu", new ActivationQuantization(ElementType.INT8, 6 / 255f, -128));
        layers.put("dw", MAP);
        layers.put("add", new ActivationQuantization(ElementType.INT8, 0.06f, 3));
        layers.put("relu", new ActivationQuantization(ElementType.INT8, 0.04f, -128));
        layers.put("pw", new ActivationQuantization(ElementType.INT8, 0.1f, 11));
        layers.put("join", new ActivationQuantization(ElementType.INT8, 0.08f, -5));
        layers.put("pool", MAP);
        layers.put("fc", new ActivationQuantization(ElementType.INT8, 0.1f, 0));
        layers.put("softmax", new ActivationQuantization(ElementType.INT8, 1 / 256f, -128));
        return layers;
    }

    /// Its weights: INT8 with a scale for each output channel, biases of INT32.
    public static Weights weights(Network network) {
        var random = new Random(7);
        var tensors = new LinkedHashMap<String, Tensor>();
        network.parameters().forEach((name, parameter) -> {
            int channels = parameter.dims().getLast() == 1
                    ? parameter.dims().get(2)
                    : parameter.dims().getLast();
            var scales = new float[channels];
            for (int c = 0; c < channels; c++) {
                scales[c] = random.nextFloat(0.001f, 0.02f);
            }
            boolean isBias = name.endsWith("/bias");
            var bytes = new byte[parameter.size() * (isBias ? 4 : 1)];
            random.nextBytes(bytes);
            var segment = MemorySegment.ofArray(bytes);
            for (int i = 0; isBias && i < parameter.size(); i++) {
                segment.setAtIndex(ValueLayout.JAVA_INT_UNALIGNED, i, random.nextInt(-3_000, 3_000));
            }
            tensors.put(
                    name,
                    Tensor.of(
                            segment,
                            isBias ? ElementType.INT32 : ElementType.INT8,
                            parameter.dims(),
                            Quantization.perChannel(scales, new int[channels])));
        });
        return new Weights(tensors);
    }

    /// All of it.
    public static Model model() {
        var network = network();
        var input = new ActivationQuantization(ElementType.INT8, 1 / 128f, 0);
        return new Model(
                network,
                weights(network),
                List.of(),
                Preprocessing.TF_SLIM,
                Map.of(),
                Optional.of(new NetworkQuantization(input, layers())));
    }
}
