package org.mobilenet4j.infer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.kernel.FixedPointMultiplier;
import org.mobilenet4j.kernel.layout.Clamp;
import org.mobilenet4j.kernel.layout.Plane;
import org.mobilenet4j.kernel.plain.FloatMap;
import org.mobilenet4j.kernel.quantized.QuantizedRange;
import org.mobilenet4j.model.ActivationQuantization;
import org.mobilenet4j.model.NetworkQuantization;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Quantization;

/// How the activations of a plan are quantized, by value id, and the kernel parameters that follow from it.
final class QuantizedActivations {
    private final List<FusedOperation> operations;
    private final Map<Integer, ActivationQuantization> stored = new HashMap<>();

    QuantizedActivations(Network network, NetworkQuantization quantization, List<FusedOperation> operations) {
        this.operations = operations;
        stored.put(Node.INPUT, quantization.input());
        for (var operation : operations) {
            if (quantization.isBundle(operation.node())) {
                continue;
            }
            stored.put(operation.id(), quantization.of(network, operation.last()));
            var depthwise = operation.depthwise();
            if (depthwise != null) {
                stored.put(depthwise.id(), quantization.of(network, depthwise.last()));
            }
        }
    }

    /// The quantization of value `id`.
    ActivationQuantization of(int id) {
        var found = stored.get(id);
        if (found == null) {
            throw new IllegalArgumentException("value " + id + " is not quantized");
        }
        return found;
    }

    /// Whether value `id` consists of others, which keep their own scales.
    boolean isBundle(int id) {
        return !stored.containsKey(id);
    }

    /// The values of which the network's output consists, in order: the last one, unless that is a bundle.
    List<Integer> outputs() {
        var outputs = new ArrayList<Integer>();
        addOutputs(operations.isEmpty() ? Node.INPUT : operations.getLast().id(), outputs);
        return outputs;
    }

    private void addOutputs(int value, List<Integer> outputs) {
        if (!isBundle(value)) {
            outputs.add(value);
            return;
        }
        operations.stream()
                .filter(operation -> operation.id() == value)
                .forEach(bundle -> bundle.inputs().forEach(part -> addOutputs(part, outputs)));
    }

    /// The byte that stands for zero in value `id`: the zero point, of INT8 with 128 added.
    int zeroPoint(int id) {
        return -of(id).low();
    }

    /// Value `id`, which lies in `plane`, as real numbers.
    FloatMap map(int id, Plane plane) {
        return new FloatMap(plane, of(id).scale(), zeroPoint(id));
    }

    /// The full quantized range of value `id`.
    QuantizedRange wholeRange(int id) {
        return range(of(id), Clamp.NONE);
    }

    /// The quantized range of value `id` within the bounds of `clamp`.
    QuantizedRange range(int id, Clamp clamp) {
        return range(of(id), clamp);
    }

    /// TFLite's CalculateActivationRangeQuantized: the bounds are rounded like any other value.
    static QuantizedRange range(ActivationQuantization map, Clamp clamp) {
        int least = map.type().least();
        int greatest = map.type().greatest();
        int zero = map.zeroPoint();
        return switch (clamp) {
            case NONE -> new QuantizedRange(least, greatest, zero);
            case RELU -> new QuantizedRange(zero, greatest, zero);
            case RELU6 -> new QuantizedRange(zero, (int) Math.min(greatest, zero + round(6f / map.scale())), zero);
        };
    }

    /// The quantized value of `real` less the zero point, before clamping to the type's range; halves are rounded
    /// away from zero.
    static long round(float value) {
        return value < 0 ? -Math.round(-(double) value) : Math.round((double) value);
    }

    /// The multipliers for sums of products of value `input` and a kernel, one for each output channel.
    ///
    /// TFLite multiplies the two scales as floats in per-tensor layers, and as doubles in convolutions that support
    /// per-channel scales.
    FixedPointMultiplier[] multipliers(FusedOperation operation, int input, Quantization kernel, int channels) {
        var from = of(input);
        var to = of(operation.id());
        boolean multipliesFloats = from.type() == ElementType.UINT8
                || (operation.node().layer() instanceof Dense && kernel.channels() == 1);
        var all = new FixedPointMultiplier[channels];
        for (int c = 0; c < channels; c++) {
            double product =
                    multipliesFloats ? from.scale() * kernel.scale(c) : (double) from.scale() * kernel.scale(c);
            all[c] = FixedPointMultiplier.of(product / to.scale());
        }
        return all;
    }

    /// Whether TFLite rounds the sums of a linear layer half up: it does where ruy computes them, in ungrouped INT8
    /// convolutions and INT8 dense layers.
    boolean halvesGoUp(FusedOperation operation, int input) {
        boolean isProduct = operation.node().layer() instanceof Dense
                || (operation.node().layer() instanceof Conv conv && conv.groups() == 1);
        return isProduct && of(input).type() == ElementType.INT8;
    }
}
