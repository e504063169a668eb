package org.mobilenet4j.formats.graph;

import java.util.List;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.image.Normalization;

/// Turns layers at the very start of a network that only scale pixels from 0 to 255 into the model's normalization.
public final class InputScaling {
    private final double[] scale = {1, 1, 1};
    private final double[] offset = {0, 0, 0};
    private boolean isScaled;

    /// Adds `out = in * scale + offset`, with one value for all channels or one for each of three.
    ///
    /// @throws IllegalArgumentException if there is any other number of values
    public void then(double[] nextScale, double[] nextOffset) {
        var scales = three(nextScale);
        var offsets = three(nextOffset);
        for (int c = 0; c < 3; c++) {
            scale[c] *= scales[c];
            offset[c] = offset[c] * scales[c] + offsets[c];
        }
        isScaled = true;
    }

    /// Whether anything was added.
    public boolean isScaled() {
        return isScaled;
    }

    /// The equivalent normalization `(value / 255 - mean) / std`.
    ///
    /// @throws IllegalArgumentException if a scale is not positive
    public Normalization normalization() {
        var mean = new Float[3];
        var std = new Float[3];
        for (int c = 0; c < 3; c++) {
            std[c] = (float) (1 / (255 * scale[c]));
            mean[c] = (float) (-offset[c] / (255 * scale[c]));
        }
        return new Normalization(List.of(mean), List.of(std));
    }

    private static double[] three(double[] values) {
        if (values.length != 1 && values.length != 3) {
            throw new BadValueException("scales its input by " + values.length
                    + " values; one, or one for each of three channels, is supported");
        }
        return values.length == 3 ? values : new double[] {values[0], values[0], values[0]};
    }
}
