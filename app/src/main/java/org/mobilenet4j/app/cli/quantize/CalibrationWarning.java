package org.mobilenet4j.app.cli.quantize;

import java.io.PrintWriter;
import org.mobilenet4j.compress.quantize.Photos;
import org.mobilenet4j.image.Normalization;
import org.mobilenet4j.text.Count;

/// Warns where calibration photos say little of the ranges of activations: too few, or nearly without contrast.
///
/// @param photos as the network gets them
/// @param normalization of their pixels
record CalibrationWarning(Photos photos, Normalization normalization) {
    private static final int FEW = 20;

    /// The share of the distance from black to white that photos together should cover.
    private static final double CONTRAST = 0.3;

    void print(PrintWriter err) {
        if (photos.count() < FEW) {
            err.println("mobilenet: warning: the ranges come from " + Count.of(photos.count(), "photo")
                    + " only; give a hundred or more, like those that the model will see");
        }
        var range = new float[] {Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY};
        photos.forEach(photo -> {
            for (float value : photo) {
                range[0] = Math.min(range[0], value);
                range[1] = Math.max(range[1], value);
            }
        });
        double whole =
                normalization.std().stream().mapToDouble(std -> 1 / std).max().orElse(1);
        if (range[1] - range[0] < CONTRAST * whole) {
            err.println(
                    "mobilenet: warning: the calibration photos are nearly of one color, so that the ranges of"
                            + " activations will be too small for other photos; give photos like those that the model will see");
        }
    }
}
