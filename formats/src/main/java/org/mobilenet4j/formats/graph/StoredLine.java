package org.mobilenet4j.formats.graph;

import java.util.Optional;
import org.mobilenet4j.tensor.ElementType;

/// A straight line that, rounded, gives one channel's results of a [StoredTable] exactly: for `x` and `y` counted from
/// the
/// zero points, `y = round(step * (kernel * x + bias))`, all in integers but the step.
///
/// The results are those of the engine's own arithmetic, with its two roundings.
///
/// @param kernel a stored kernel, not 0
/// @param bias a stored bias
/// @param step positive
record StoredLine(int kernel, int bias, double step) {
    private static final int VALUES = 256;

    private static final int MOST = 127;
    private static final int LEAST = 1;
    private static final int STEPS = 16;
    private static final int MAX_BIAS = 1 << 20;

    /// The line for channel `channel` of `table`; empty if there is none.
    static Optional<StoredLine> of(StoredTable table, int channel) {
        var points = new Points(table, channel);
        double least = Double.NEGATIVE_INFINITY;
        double most = Double.POSITIVE_INFINITY;
        for (int i = 0; i < VALUES; i++) {
            for (int j = i + 1; j < VALUES && points.isInside(i); j++) {
                if (points.isInside(j)) {
                    least = Math.max(least, (points.y(j) - points.y(i) - 1.0) / (j - i));
                    most = Math.min(most, (points.y(j) - points.y(i) + 1.0) / (j - i));
                }
            }
        }
        boolean isSloped = least < most && Double.isFinite(least + most) && least + most != 0;
        return isSloped ? search(points, (least + most) / 2) : Optional.empty();
    }

    /// Tries kernels, from the finest on, and the biases that come near the offset of a line of slope `slope`.
    private static Optional<StoredLine> search(Points points, double slope) {
        double offset = (points.lowest(slope) + points.highest(slope)) / 2;
        for (int size = MOST; size >= LEAST; size--) {
            int kernel = slope < 0 ? -size : size;
            double step = slope / kernel;
            long middle = Math.round(offset / step);
            for (long bias = middle - 2; bias <= middle + 2; bias++) {
                if (Math.abs(bias) <= MAX_BIAS) {
                    var line = points.line(kernel, (int) bias);
                    if (line.isPresent()) {
                        return line;
                    }
                }
            }
        }
        return Optional.empty();
    }

    /// A channel's results, counted from the zero points.
    private record Points(StoredTable table, int channel) {
        int x(int index) {
            return table.from().low() + index;
        }

        int y(int index) {
            return table.get(channel, index) - table.to().zeroPoint();
        }

        /// Whether the result is not at an end of the range, where it may have been clamped.
        boolean isInside(int index) {
            return y(index) > table.to().low() && y(index) < table.to().high();
        }

        /// The least real result that is not rounded to less than `y`.
        private double floor(int index) {
            return y(index) == table.to().low() ? Double.NEGATIVE_INFINITY : y(index) - 0.5;
        }

        /// The largest real result that is not rounded to more.
        private double ceiling(int index) {
            return y(index) == table.to().high() ? Double.POSITIVE_INFINITY : y(index) + 0.5;
        }

        /// The least offset with which no result of a line of slope `slope` is too small.
        double lowest(double slope) {
            double bound = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < VALUES; i++) {
                bound = Math.max(bound, floor(i) - slope * x(i));
            }
            return bound;
        }

        /// The largest offset with which no result is too large.
        double highest(double slope) {
            double bound = Double.POSITIVE_INFINITY;
            for (int i = 0; i < VALUES; i++) {
                bound = Math.min(bound, ceiling(i) - slope * x(i));
            }
            return bound;
        }

        /// The line with this kernel and bias, if there is a step for it.
        Optional<StoredLine> line(int kernel, int bias) {
            double least = 0;
            double most = Double.POSITIVE_INFINITY;
            for (int i = 0; i < VALUES; i++) {
                long sum = (long) kernel * x(i) + bias;
                if (sum > 0) {
                    least = Math.max(least, floor(i) / sum);
                    most = Math.min(most, ceiling(i) / sum);
                } else if (sum < 0) {
                    least = Math.max(least, ceiling(i) / sum);
                    most = Math.min(most, floor(i) / sum);
                } else if (floor(i) > 0 || ceiling(i) < 0) {
                    return Optional.empty();
                }
            }
            for (int k = 1; k < STEPS && least < most && Double.isFinite(most); k++) {
                double step = least + (most - least) * k / STEPS;
                if (fits(kernel, bias, scale(table, step))) {
                    return Optional.of(new StoredLine(kernel, bias, step));
                }
            }
            return Optional.empty();
        }

        /// Whether a depthwise convolution with a kernel of scale `scale` gives all results, as it rounds: twice.
        private boolean fits(int kernel, int bias, float scale) {
            var from = table.from();
            double product = from.type() == ElementType.UINT8
                    ? from.scale() * scale // multiplied as floats
                    : (double) from.scale() * scale;
            var factor = FixedPoint.of(product / table.to().scale());
            for (int i = 0; i < VALUES; i++) {
                int result = Math.clamp(
                        factor.apply(kernel * x(i) + bias),
                        table.to().low(),
                        table.to().high());
                if (result != y(i)) {
                    return false;
                }
            }
            return true;
        }
    }

    /// The scale of the kernel that makes `step` of one.
    static float scale(StoredTable table, double step) {
        return (float) (step * table.to().scale() / table.from().scale());
    }
}
