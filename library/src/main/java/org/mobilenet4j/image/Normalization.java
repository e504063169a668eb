package org.mobilenet4j.image;

import java.util.List;
import java.util.Objects;
import org.mobilenet4j.error.BadValueException;

/// Normalizes a channel's value from 0 to 255 as a network was trained: `(value / 255 - mean) / std`.
///
/// @param mean the mean of each channel of the network's input, on the scale of [0, 1]; red, green and blue unless
///     [Preprocessing#channels] says otherwise, and the same three times for gray
/// @param std the standard deviation of each channel, positive
public record Normalization(List<Float> mean, List<Float> std) {
    /// To [-1, 1]: TF-Slim, Keras's MobileNet.
    public static final Normalization SIGNED = same(0.5f, 0.5f);

    /// To [0, 1].
    public static final Normalization UNIT = same(0f, 1f);

    /// ImageNet's mean and standard deviation: torchvision.
    public static final Normalization IMAGENET =
            new Normalization(List.of(0.485f, 0.456f, 0.406f), List.of(0.229f, 0.224f, 0.225f));

    public Normalization {
        Objects.requireNonNull(mean, "mean");
        Objects.requireNonNull(std, "std");
        mean = List.copyOf(mean);
        std = List.copyOf(std);
        if (mean.size() != 3 || std.size() != 3) {
            throw new BadValueException(
                    "normalization needs three means and three deviations, not " + mean + " and " + std);
        }
        for (int c = 0; c < 3; c++) {
            if (!(std.get(c) > 0) || !Float.isFinite(std.get(c)) || !Float.isFinite(mean.get(c))) {
                throw new BadValueException(
                        "normalization needs finite means and positive deviations, not " + mean + " and " + std);
            }
        }
    }

    /// The same for all channels: the average mean and the average deviation.
    public Normalization averaged() {
        boolean isSame =
                mean.stream().distinct().count() == 1 && std.stream().distinct().count() == 1;
        return isSame ? this : same(average(mean), average(std));
    }

    private static float average(List<Float> values) {
        return (float) values.stream().mapToDouble(Float::doubleValue).average().orElseThrow();
    }

    private static Normalization same(float mean, float std) {
        return new Normalization(List.of(mean, mean, mean), List.of(std, std, std));
    }
}
