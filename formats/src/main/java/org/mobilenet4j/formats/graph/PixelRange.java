package org.mobilenet4j.formats.graph;

import java.util.Arrays;
import java.util.Comparator;

/// The numbers that a network takes for black and white, told by what its first operators make of them.
///
/// A network scales its input to numbers around zero, a few apart. Of the ranges that are in use, the one is meant with
/// which that is what comes out: `x / 127.5 - 1` is meant for pixels from 0 to 255, `2 * x - 1` for pixels from 0 to 1.
public enum PixelRange {
    /// From 0 to 255.
    BYTES(0, 255),
    /// From 0 to 1.
    UNIT(0, 1),
    /// From -1 to 1.
    SIGNED(-1, 1);

    /// How far the results should lie apart.
    private static final double SPAN = 2;

    /// How far from zero the nearest result may lie, as a share of all.
    private static final double SLACK = 0.2;

    private final double black;
    private final double white;

    PixelRange(double black, double white) {
        this.black = black;
        this.white = white;
    }

    /// The range that is meant by `out = in * scale + offset`, with means over channels.
    static PixelRange of(double scale, double offset) {
        return Arrays.stream(values())
                .filter(range -> range.isNearZero(scale, offset))
                // Signed pixels are only ever moved up again.
                .filter(range -> range != SIGNED || offset > 0)
                .min(Comparator.comparingDouble(range -> Math.abs(Math.log(range.span(scale) / SPAN))))
                .orElse(BYTES);
    }

    private double span(double scale) {
        return scale * (white - black);
    }

    private boolean isNearZero(double scale, double offset) {
        double slack = SLACK * span(scale);
        return scale * black + offset <= slack && scale * white + offset >= -slack;
    }

    /// What a pixel from 0 to 1 is multiplied by.
    double factor() {
        return white - black;
    }

    /// What is added to it then.
    double shift() {
        return black;
    }

    /// `from 0 to 255`.
    @Override
    public String toString() {
        return "from " + (int) black + " to " + (int) white;
    }
}
