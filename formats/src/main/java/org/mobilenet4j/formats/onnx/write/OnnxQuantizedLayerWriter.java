package org.mobilenet4j.formats.onnx.write;

import static org.mobilenet4j.formats.onnx.OnnxProtos.number;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mobilenet4j.arch.Dropout;
import org.mobilenet4j.arch.Flatten;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.formats.onnx.OnnxProtos;
import org.mobilenet4j.model.ActivationQuantization;
import org.mobilenet4j.model.NetworkQuantization;
import org.mobilenet4j.tensor.Quantization;
import org.mobilenet4j.tensor.Tensor;

/// Writes the quantization of a network around the operators of its layers (QDQ): integers with a `DequantizeLinear`
/// for the weights, and a `QuantizeLinear` with a `DequantizeLinear` after every quantized feature map. Nominally the
/// operators compute with floats; runtimes recognize the pattern and compute with integers.
final class OnnxQuantizedLayerWriter {
    private final OnnxValues values;
    private final Network network;
    private final NetworkQuantization maps;

    /// The quantization of feature maps, by the output tensor of their `DequantizeLinear`.
    private final Map<String, ActivationQuantization> stored = new HashMap<>();

    OnnxQuantizedLayerWriter(OnnxValues values, Network network, NetworkQuantization maps) {
        this.values = values;
        this.network = network;
        this.maps = maps;
    }

    /// Quantizes the input image.
    void storeInput() {
        store(Node.INPUT, OnnxValues.INPUT + "/image", maps.input());
    }

    /// Quantizes the output of the layer `node`, which was already written, unless the activation after it does that,
    /// or the layer leaves its values unchanged.
    void store(Node node) {
        if (maps.isStored(node)) {
            store(node.id(), node.name(), maps.of(network, node));
        }
    }

    private void store(int id, String name, ActivationQuantization map) {
        values.replace(id, tensor -> {
            var before = stored.get(tensor);
            if (before != null && before.meansTheSameAs(map)) {
                return tensor;
            }
            var scale = values.constant(OnnxProtos.floats(name + "/scale", new float[] {map.scale()}, List.of()));
            var zero = values.constant(
                    OnnxProtos.bytes(name + "/zero_point", map.type(), new byte[] {(byte) map.zeroPoint()}, List.of()));
            var whole = values.node("QuantizeLinear", name + "/quantize", List.of(tensor, scale, zero));
            var real = values.node("DequantizeLinear", name + "/dequantize", List.of(whole, scale, zero));
            stored.put(real, map);
            return real;
        });
    }

    /// Whether a [Flatten] follows the mean `node`. It then outputs a vector, which is rounded differently from a
    /// feature map, so the reader must be able to tell.
    boolean isVector(Node node) {
        return network.nodes().stream()
                .anyMatch(next -> next.layer() instanceof Flatten
                        && withoutDropout(next.inputs().getFirst()) == node.id());
    }

    private int withoutDropout(int id) {
        int value = id;
        while (value != Node.INPUT && network.nodes().get(value - 1).layer() instanceof Dropout) {
            value = network.nodes().get(value - 1).inputs().getFirst();
        }
        return value;
    }

    /// A quantized kernel in another layout.
    ///
    /// @param order the index in `kernel` of each value that is written
    /// @param channelAxis which of `dims` is the output channels
    String kernel(String name, Tensor kernel, int[] order, List<Integer> dims, int channelAxis) {
        var bytes = new byte[order.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) kernel.quantizedValue(order[i]);
        }
        var scales = kernel.quantization().orElseThrow();
        var zeros = new byte[scales.channels()];
        for (int c = 0; c < zeros.length; c++) {
            zeros[c] = (byte) scales.zeroPoint(c);
        }
        return values.node(
                "DequantizeLinear",
                name,
                List.of(
                        values.constant(OnnxProtos.bytes(name + "/stored", kernel.type(), bytes, dims)),
                        values.constant(OnnxProtos.floats(name + "/scale", scales.scales(), dims(scales))),
                        values.constant(OnnxProtos.bytes(name + "/zero_point", kernel.type(), zeros, dims(scales)))),
                axis(scales, channelAxis));
    }

    /// A quantized bias. Its scale is that of the products it is added to: input scale times kernel scale.
    String bias(Node node, Tensor bias, Tensor kernel) {
        var name = node.name() + "/bias";
        var numbers = new int[bias.size()];
        Arrays.setAll(numbers, bias::quantizedValue);
        var kernelScales = kernel.quantization().orElseThrow();
        float inputScale = maps.of(network, node.inputs().getFirst()).scale();
        var scales = kernelScales.scales();
        for (int c = 0; c < scales.length; c++) {
            scales[c] *= inputScale;
        }
        return values.node(
                "DequantizeLinear",
                name,
                List.of(
                        values.constant(OnnxProtos.ints(name + "/stored", numbers)),
                        values.constant(OnnxProtos.floats(name + "/scale", scales, dims(kernelScales)))),
                axis(kernelScales, 0));
    }

    private static List<Integer> dims(Quantization scales) {
        return scales.channels() == 1 ? List.of() : List.of(scales.channels());
    }

    private static AttributeProto[] axis(Quantization scales, int axis) {
        return scales.channels() == 1 ? new AttributeProto[0] : new AttributeProto[] {number("axis", axis)};
    }
}
