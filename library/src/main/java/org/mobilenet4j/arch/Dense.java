package org.mobilenet4j.arch;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.tensor.Shape;

/// A fully connected layer: `out[u] = bias[u] + sum over c of in[c] * kernel[c, u]`, on a vector.
///
/// @param units output values
/// @param bias whether a bias is added
public record Dense(String name, int units, boolean bias) implements LinearLayer {
    public Dense {
        Objects.requireNonNull(name, "name");
        if (units < 1) {
            throw new BadValueException(name + ": a dense layer needs at least one unit, not " + units);
        }
    }

    /// With a bias.
    public static Dense of(String name, int units) {
        return new Dense(name, units, true);
    }

    @Override
    public Dense withBias() {
        return new Dense(name, units, true);
    }

    /// The same layer with another number of units.
    public Dense withUnits(int count) {
        return new Dense(name, count, bias);
    }

    @Override
    public Shape outputShape(Shape input) {
        if (input.pixels() != 1) {
            throw new BadValueException(name + ": a dense layer takes a vector, not " + input
                    + "; put Flatten or GlobalAveragePool before it");
        }
        return Shape.vector(units);
    }

    @Override
    public List<Parameter> parameters(Shape input) {
        var all = new ArrayList<Parameter>();
        all.add(Parameter.weight(kernelName(), input.channels(), units));
        if (bias) {
            all.add(Parameter.bias(units));
        }
        return all;
    }
}
