package org.mobilenet4j.formats;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SequencedMap;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.ChannelShuffle;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.Dropout;
import org.mobilenet4j.arch.Flatten;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.arch.ZeroPad;
import org.mobilenet4j.formats.QuantizedTensors.Scheme;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.model.ActivationQuantization;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.NetworkQuantization;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Quantization;
import org.mobilenet4j.tensor.Tensor;

/// Quantized models of given networks, with weights at random in scales that make use of the whole range of each map.
public final class QuantizedModels {
    /// Of ReLU6's output, and near enough of all sums.
    private static final float SCALE = 6 / 255f;

    private final Network network;
    private final Scheme scheme;
    private final ElementType type;
    private final Random random;
    /// By value.
    private final List<ActivationQuantization> maps = new ArrayList<>();

    private final SequencedMap<String, ActivationQuantization> layers = new LinkedHashMap<>();
    private final SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();

    private QuantizedModels(Network network, Scheme scheme, long seed) {
        this.network = network;
        this.scheme = scheme;
        this.type = scheme == Scheme.UINT8 ? ElementType.UINT8 : ElementType.INT8;
        this.random = new Random(seed);
    }

    /// The network must have no batch normalization.
    public static Model of(Network network, Scheme scheme, long seed) {
        var made = new QuantizedModels(network, scheme, seed);
        made.maps.add(new ActivationQuantization(made.type, 1 / 127.5f, made.type.least() + 128));
        network.nodes().forEach(made::add);
        return new Model(
                network,
                new Weights(made.tensors),
                List.of(),
                Preprocessing.TF_SLIM,
                Map.of(),
                Optional.of(new NetworkQuantization(made.maps.getFirst(), made.layers)));
    }

    private void add(Node node) {
        var from = maps.get(node.inputs().getFirst());
        switch (node.layer()) {
            case Conv _, DepthwiseConv _, Dense _ -> {
                addWeights(node, from);
                store(node, map(SCALE, type.least() + random.nextInt(256)));
            }
            case Activation _ -> store(node, map(SCALE, type.least()));
            case Softmax _ -> store(node, map(1 / 256f, type.least()));
            case Flatten _, ZeroPad _, Dropout _, ChannelShuffle _ -> maps.add(from);
            case Pool pool when pool.kind() == Pool.Kind.MAX -> maps.add(from);
            case Pool _ -> store(node, from);
            default -> store(node, map(from.scale() * random.nextFloat(0.5f, 1.2f), from.zeroPoint()));
        }
    }

    /// Not where an activation alone reads it: then the two are one operation.
    private void store(Node node, ActivationQuantization map) {
        maps.add(map);
        var readers = network.nodes().stream()
                .filter(next -> next.inputs().contains(node.id()))
                .toList();
        boolean isOne = readers.size() == 1
                && readers.getFirst().layer() instanceof Activation
                && !(node.layer() instanceof Activation);
        if (!isOne) {
            layers.put(node.name(), map);
        }
    }

    private ActivationQuantization map(float scale, int zeroPoint) {
        return new ActivationQuantization(type, scale, zeroPoint);
    }

    private void addWeights(Node node, ActivationQuantization from) {
        int channels = node.output().channels();
        var name = node.name() + "/" + node.parameters().getFirst().name();
        var dims = node.parameters().getFirst().dims();
        int depth = Tensor.elements(dims) / channels;
        var scales = new float[scheme == Scheme.INT8_PER_CHANNEL ? channels : 1];
        for (int c = 0; c < scales.length; c++) {
            float spread = (float) (from.scale() * 73 * 73 * Math.sqrt(depth) / 60);
            scales[c] = SCALE / spread * random.nextFloat(0.5f, 1.5f);
        }
        var zeros = new int[scales.length];
        var bytes = new byte[Tensor.elements(dims)];
        random.nextBytes(bytes);
        if (type == ElementType.UINT8) {
            Arrays.setAll(zeros, c -> random.nextInt(100, 156));
        } else {
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) Math.max(bytes[i], -127);
            }
        }
        var quantization = Quantization.perChannel(scales, zeros);
        tensors.put(name, Tensor.of(MemorySegment.ofArray(bytes), type, dims, quantization));
        if (node.parameters().size() > 1) {
            addBias(node.name() + "/bias", channels, scales, from.scale());
        }
    }

    private void addBias(String name, int channels, float[] kernelScales, float inputScale) {
        var values = MemorySegment.ofArray(new byte[channels * Integer.BYTES]);
        var scales = kernelScales.clone();
        for (int c = 0; c < scales.length; c++) {
            scales[c] *= inputScale;
        }
        for (int c = 0; c < channels; c++) {
            int most = Math.round(1 / scales[scales.length == 1 ? 0 : c]);
            values.set(ValueLayout.JAVA_INT_UNALIGNED, c * 4L, random.nextInt(-most, most + 1));
        }
        var quantization = Quantization.perChannel(scales, new int[scales.length]);
        tensors.put(name, Tensor.of(values, ElementType.INT32, List.of(channels), quantization));
    }
}
