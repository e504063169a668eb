package org.mobilenet4j.formats.tflite;

import java.util.List;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.ActivationQuantization;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Quantization;

/// The quantization parameters of a tensor in a TFLite file; they are checked only when used.
///
/// @param scales one, or one for each index of an axis; none if the tensor is not quantized
/// @param zeroPoints as many, or none if all are zero
/// @param axis the dimension that several scales belong to
/// @param isCustom whether the quantization is a custom one
public record TfliteScales(List<Float> scales, List<Long> zeroPoints, int axis, boolean isCustom) {
    public static final TfliteScales NONE = new TfliteScales(List.of(), List.of(), 0, false);

    public TfliteScales {
        scales = List.copyOf(scales);
        zeroPoints = List.copyOf(zeroPoints);
    }

    /// The quantization of weights whose output channels are dimension `channelAxis`.
    ///
    /// @param tensor name for messages
    /// @throws IllegalArgumentException if there are no scales, or they belong to another axis
    public Quantization ofWeights(String tensor, int channelAxis) {
        check(tensor);
        if (scales.size() > 1 && axis != channelAxis) {
            throw new BadValueException("the tensor \"" + tensor + "\" has scales along its dimension " + axis
                    + "; only one scale, or one per output channel (dimension " + channelAxis + "), is supported");
        }
        var all = new float[scales.size()];
        var zeros = new int[all.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = scales.get(i);
            zeros[i] = zeroPoint(i);
        }
        return Quantization.perChannel(all, zeros);
    }

    /// The quantization of a feature map.
    ///
    /// @throws IllegalArgumentException if there is not exactly one scale
    public ActivationQuantization ofMap(String tensor, ElementType type) {
        check(tensor);
        if (scales.size() != 1) {
            throw new BadValueException(
                    "the feature map \"" + tensor + "\" has " + scales.size() + " scales; only one is supported");
        }
        try {
            return new ActivationQuantization(type, scales.getFirst(), zeroPoint(0));
        } catch (BadValueException e) {
            throw new BadValueException("the feature map \"" + tensor + "\": " + e.getMessage(), e);
        }
    }

    private int zeroPoint(int index) {
        return zeroPoints.isEmpty() ? 0 : BadValueException.toInt(zeroPoints.get(zeroPoints.size() == 1 ? 0 : index));
    }

    private void check(String tensor) {
        if (scales.isEmpty() || isCustom) {
            throw new BadValueException("the tensor \"" + tensor + "\" holds integers "
                    + (isCustom ? "quantized in its maker's own way" : "without a scale")
                    + "; quantize the model with TFLite's converter");
        }
        if (zeroPoints.size() > 1 && zeroPoints.size() != scales.size()) {
            throw new BadValueException("the tensor \"" + tensor + "\" has " + scales.size() + " scales, but "
                    + zeroPoints.size() + " zero points; get the file again");
        }
    }
}
