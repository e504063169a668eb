package org.mobilenet4j.arch;

import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.tensor.Shape;

/// Pooling over a window; padding is skipped, not counted as zero.
///
/// @param kind maximum or average
public record Pool(String name, Kind kind, Window window) implements Leaf {
    /// How the values under the window are reduced.
    public enum Kind {
        MAX,
        AVERAGE
    }

    public Pool {
        if (window.dilation() != 1) {
            throw new BadValueException(name + ": pooling windows are not dilated, but this is " + window);
        }
    }

    /// The largest value under the window.
    public static Pool max(String name, Window window) {
        return new Pool(name, Kind.MAX, window);
    }

    /// The largest value of each channel of a whole feature map.
    public static Pool globalMax(String name, Shape map) {
        return max(name, new Window(map.height(), map.width(), 1, 1, Padding.VALID));
    }

    /// The mean of the values under the window.
    public static Pool average(String name, Window window) {
        return new Pool(name, Kind.AVERAGE, window);
    }

    @Override
    public Shape outputShape(Shape input) {
        if (window.top(input) >= window.effectiveHeight()
                || window.bottom(input) >= window.effectiveHeight()
                || window.left(input) >= window.effectiveWidth()
                || window.right(input) >= window.effectiveWidth()) {
            throw new BadValueException(
                    name + ": with " + window + " some windows would see only padding of the input " + input);
        }
        return window.slide(this, input, input.channels());
    }
}
