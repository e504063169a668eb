package org.mobilenet4j.arch;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.tensor.Shape;

/// Convolution, optionally grouped, so that each group sees only its share of the channels. With a 1x1 window it is
/// pointwise.
///
/// `out[y, x, o] = bias[o] + sum over (i, j, c) of in[y*sRows + i*d - top, x*sColumns + j*d - left, c] * kernel[i, j,
/// c, o]`. The
/// kernel is `height x width x inputChannels/groups x filters`; group `g` reads the `g`-th share of the input's
/// channels and computes the `g`-th share of the filters.
///
/// @param filters output channels
/// @param groups number of groups; must divide both channel counts
/// @param bias whether a bias is added; usually not when batch normalization follows
public record Conv(String name, int filters, Window window, int groups, boolean bias) implements Convolution {
    public Conv {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(window, "window");
        if (filters < 1 || groups < 1 || filters % groups != 0) {
            throw new BadValueException(name + ": " + filters + " filters do not divide into " + groups + " groups");
        }
    }

    /// A convolution that sees all channels, without bias.
    public static Conv of(String name, int filters, Window window) {
        return new Conv(name, filters, window, 1, false);
    }

    /// A pointwise convolution, without bias.
    public static Conv pointwise(String name, int filters) {
        return of(name, filters, Window.square(1, 1, Padding.SAME));
    }

    /// The same with a bias.
    @Override
    public Conv withBias() {
        return new Conv(name, filters, window, groups, true);
    }

    @Override
    public Conv withWindow(Window other) {
        return new Conv(name, filters, other, groups, bias);
    }

    /// The same convolution with another number of filters.
    public Conv withFilters(int count) {
        return new Conv(name, count, window, groups, bias);
    }

    @Override
    public Shape outputShape(Shape input) {
        if (input.channels() % groups != 0) {
            throw new BadValueException(
                    name + ": the channels of its input " + input + " do not divide into " + groups + " groups");
        }
        return window.slide(this, input, filters);
    }

    @Override
    public List<Parameter> parameters(Shape input) {
        var all = new ArrayList<Parameter>();
        all.add(Parameter.weight(kernelName(), window.height(), window.width(), input.channels() / groups, filters));
        if (bias) {
            all.add(Parameter.bias(filters));
        }
        return all;
    }
}
