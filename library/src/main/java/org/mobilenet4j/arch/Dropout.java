package org.mobilenet4j.arch;

import java.util.Objects;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.tensor.Shape;

/// Dropout: in training, values are zeroed with probability `rate` and the others scaled up; a copy otherwise.
///
/// @param rate probability of zeroing, from 0 up to but not including 1
public record Dropout(String name, double rate) implements Leaf {
    public Dropout {
        Objects.requireNonNull(name, "name");
        if (!(rate >= 0 && rate < 1)) {
            throw new BadValueException(name + ": the dropout rate must lie in [0, 1), not " + rate);
        }
    }

    @Override
    public Shape outputShape(Shape input) {
        return input;
    }
}
