package org.mobilenet4j.train;

import java.util.Objects;

/// How long a training step took for one pass of one layer, and what that does.
///
/// @param layer the layer's name, or `all layers`
/// @param phase `prepare`, `forward`, `loss`, `backward` or `update`
/// @param pass what was done, such as `product`, `weight gradient` or `waiting`
/// @param multAdds multiply-adds of a step
/// @param bytes read and written in a step: what kernels name in each call counts once; 0 where that is not known
/// @param medianMillis of several steps: the time of all threads over their number, so that all passes together
///     take as long as a step
/// @param leastMillis the same of the step in which it was shortest: nearer the truth beside busy processes
public record PassTime(
        String layer, String phase, String pass, long multAdds, long bytes, double medianMillis, double leastMillis) {
    public PassTime {
        Objects.requireNonNull(layer, "layer");
        Objects.requireNonNull(phase, "phase");
        Objects.requireNonNull(pass, "pass");
    }
}
