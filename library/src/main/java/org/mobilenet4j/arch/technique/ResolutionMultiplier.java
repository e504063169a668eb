package org.mobilenet4j.arch.technique;

import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.zoo.NetworkSpec;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.tensor.Shape;

/// The paper's resolution multiplier (section 3.4): the same layers on a smaller or larger image.
///
/// @param rho below 32, a factor for rows and columns (results are rounded); from 32 up, the number of rows, with
///     columns in proportion. `0.714` and `160` are the same for a network of 224 rows
public record ResolutionMultiplier(double rho) implements Technique {
    private static final int MAX = 1 << 14;

    public ResolutionMultiplier {
        if (!(rho > 0 && rho <= MAX) || (rho >= NetworkSpec.SMALLEST_RESOLUTION && rho != Math.rint(rho))) {
            throw new BadValueException("resolution must be a multiplier above 0, or whole pixels from "
                    + NetworkSpec.SMALLEST_RESOLUTION + " to " + MAX + ", not " + rho);
        }
    }

    @Override
    public Network apply(Network network) {
        var input = network.input();
        double factor = isPixels() ? rho / input.height() : rho;
        var scaled = new Shape(scale(input.height(), factor), scale(input.width(), factor), input.channels());
        return Rewriting.network(this, network, scaled, network.body(), "its input is already " + input);
    }

    private static int scale(int size, double factor) {
        return Math.clamp(Math.round(size * factor), 1, MAX);
    }

    private boolean isPixels() {
        return rho >= NetworkSpec.SMALLEST_RESOLUTION;
    }

    @Override
    public String toString() {
        return "resolution=" + (isPixels() ? String.valueOf((int) rho) : String.valueOf(rho));
    }
}
