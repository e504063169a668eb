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
import org.mobilenet4j.arch.BilinearResize;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Requantize;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Sigmoid;
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

/// A small quantized network of most kinds of layers, with weights at random.
public final class QuantizedModels {
    private static final ActivationQuantization MAP = new ActivationQuantization(ElementType.INT8, 0.05f, -20);

    private QuantizedModels() {}

    /// The network: a convolution, a residual block, a concatenation of different scales, a resize, a gate, a change of
    /// scale, a
    /// classifier.
    public static Network network() {
        var same = Window.square(3, 1, Padding.SAME);
        return new Network(
                "quantized",
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
                        new BilinearResize("resize", 7, 4, BilinearResize.Coordinates.HALF_PIXEL),
                        new Parallel(
                                "gated", Parallel.Join.MULTIPLY, List.of(Sequence.identity(), new Sigmoid("gate"))),
                        new Requantize("requantize"),
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
        layers.put("gate", new ActivationQuantization(ElementType.INT8, 1 / 256f, -128));
        layers.put("gated", new ActivationQuantization(ElementType.INT8, 0.05f, -90));
        layers.put("requantize", new ActivationQuantization(ElementType.INT8, 0.045f, 10));
        layers.put("pool", MAP);
        layers.put("fc", new ActivationQuantization(ElementType.INT8, 0.1f, 0));
        layers.put("softmax", new ActivationQuantization(ElementType.INT8, 1 / 256f, -128));
        return layers;
    }

    /// Its weights: INT8 with a scale for each output channel, biases of INT32 with the scales of the sums.
    public static Weights weights(Network network) {
        var random = new Random(7);
        var inputs = Map.of("conv", 1 / 128f, "dw", 6 / 255f, "pw", 0.04f, "fc", MAP.scale());
        var tensors = new LinkedHashMap<String, Tensor>();
        network.parameters().forEach((name, parameter) -> {
            var layer = name.substring(0, name.indexOf('/'));
            if (name.endsWith("/bias")) {
                var scales = tensors.lastEntry()
                        .getValue()
                        .quantization()
                        .orElseThrow()
                        .scales();
                for (int c = 0; c < scales.length; c++) {
                    scales[c] *= inputs.getOrDefault(layer, 1f);
                }
                tensors.put(name, bias(parameter.size(), scales, random));
            } else {
                tensors.put(name, kernel(parameter.dims(), random));
            }
        });
        return new Weights(tensors);
    }

    private static Tensor kernel(List<Integer> dims, Random random) {
        int channels = dims.getLast() == 1 ? dims.get(2) : dims.getLast();
        var scales = new float[channels];
        for (int c = 0; c < channels; c++) {
            scales[c] = random.nextFloat(0.001f, 0.003f);
        }
        var bytes = new byte[Tensor.elements(dims)];
        random.nextBytes(bytes);
        var quantization = Quantization.perChannel(scales, new int[channels]);
        return Tensor.of(MemorySegment.ofArray(bytes), ElementType.INT8, dims, quantization);
    }

    private static Tensor bias(int channels, float[] scales, Random random) {
        var bytes = MemorySegment.ofArray(new byte[4 * channels]);
        for (int c = 0; c < channels; c++) {
            bytes.setAtIndex(ValueLayout.JAVA_INT_UNALIGNED, c, random.nextInt(-3_000, 3_000));
        }
        var quantization = Quantization.perChannel(scales, new int[channels]);
        return Tensor.of(bytes, ElementType.INT32, List.of(channels), quantization);
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
