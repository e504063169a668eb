package org.mobilenet4j.formats.tflite;

import java.util.List;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.ActivationQuantization;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Quantization;

/// What a TFLite file says of a tensor's integers: believed only when it is asked for.
///
/// @param scales one, or one for each index of an axis; none where the tensor is not quantized
/// @param zeroPoints as many, or none for all zero
/// @param axis the dimension that several scales are for
/// @param isCustom whether there is something that only its maker understands
public record TfliteScales(List<Float> scales, List<Long> zeroPoints, int axis, boolean isCustom) {
    public static final TfliteScales NONE = new TfliteScales(List.of(), List.of(), 0, false);

    public TfliteScales {
        scales = List.copyOf(scales);
        zeroPoints = List.copyOf(zeroPoints);
    }

    /// For weights whose output channels are dimension `channelAxis`.
    ///
    /// @param tensor what messages call it
    /// @throws IllegalArgumentException when there are none, or they are for another axis
    public Quantization ofWeights(String tensor, int channelAxis) {
        check(tensor);
        if (scales.size() > 1 && axis != channelAxis) {
            throw new BadValueException("the tensor \"" + tensor + "\" has scales along its dimension " + axis
                    + "; one scale, or one for each output channel (dimension " + channelAxis + ") is read");
        }
        var all = new float[scales.size()];
        var zeros = new int[all.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = scales.get(i);
            zeros[i] = zeroPoint(i);
        }
        return Quantization.perChannel(all, zeros);
    }

    /// For a feature map.
    ///
    /// @throws IllegalArgumentException when there is not just one scale
    public ActivationQuantization ofMap(String tensor, ElementType type) {
        check(tensor);
        if (scales.size() != 1) {
            throw new BadValueException(
                    "the feature map \"" + tensor + "\" has " + scales.size() + " scales; one is read");
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
