package org.mobilenet4j.arch;

import java.util.List;
import java.util.Objects;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.tensor.Shape;

/// Batch normalization over each channel: `out = gamma * (in - mean) / sqrt(variance + epsilon) + beta`.
///
/// @param epsilon added to the variance; TF-Slim and Keras use 1e-3 for MobileNet
public record BatchNorm(String name, double epsilon) implements Leaf {
    /// The epsilon of TF-Slim's and Keras's MobileNet.
    public static final double DEFAULT_EPSILON = 1e-3;

    public BatchNorm {
        Objects.requireNonNull(name, "name");
        if (!(epsilon > 0 && epsilon < 1)) {
            throw new BadValueException(name + ": epsilon must lie between 0 and 1, not " + epsilon);
        }
    }

    public BatchNorm(String name) {
        this(name, DEFAULT_EPSILON);
    }

    @Override
    public Shape outputShape(Shape input) {
        return input;
    }

    @Override
    public List<Parameter> parameters(Shape input) {
        var dims = List.of(input.channels());
        return List.of(
                new Parameter("gamma", dims, Parameter.Role.NORMALIZATION),
                new Parameter("beta", dims, Parameter.Role.NORMALIZATION),
                new Parameter("moving_mean", dims, Parameter.Role.STATISTIC),
                new Parameter("moving_variance", dims, Parameter.Role.STATISTIC));
    }
}
