package org.mobilenet4j.formats.graph;

import java.util.Arrays;
import java.util.List;
import org.mobilenet4j.arch.Activation;

/// A step of another program's graph that is no layer by itself. [GraphRewrites] makes one of it and its neighbors.
public sealed interface Idiom {
    /// `out = in * scale + offset`.
    ///
    /// @param scale one value for each channel
    /// @param offset one value for each channel
    record Affine(List<Double> scale, List<Double> offset) implements Idiom {
        public Affine {
            scale = List.copyOf(scale);
            offset = List.copyOf(offset);
        }

        static Affine of(double[] scale, double[] offset) {
            return new Affine(
                    Arrays.stream(scale).boxed().toList(),
                    Arrays.stream(offset).boxed().toList());
        }

        /// This one applied to the result of `before`.
        Affine after(Affine before) {
            var scales = new double[scale.size()];
            var offsets = new double[scale.size()];
            for (int c = 0; c < scales.length; c++) {
                scales[c] = before.scale.get(c) * scale.get(c);
                offsets[c] = before.offset.get(c) * scale.get(c) + offset.get(c);
            }
            return of(scales, offsets);
        }

        boolean isShift() {
            return scale.stream().allMatch(value -> value == 1);
        }

        boolean isIdentity() {
            return isShift() && offset.stream().allMatch(value -> value == 0);
        }
    }

    /// `out = min(max(in, least), most)`.
    record Clip(double least, double most) implements Idiom {
        /// What `activation` does.
        static Clip of(Activation activation) {
            return switch (activation.function()) {
                case RELU -> new Clip(0, Double.POSITIVE_INFINITY);
                case RELU6 -> new Clip(0, 6);
            };
        }

        /// This one applied to the result of `before`.
        Clip after(Clip before) {
            return new Clip(
                    Math.min(Math.max(before.least, least), most), Math.min(Math.max(before.most, least), most));
        }
    }

    /// A table from each stored integer to another, in a quantized network.
    ///
    /// @param table of one channel after the other, or of all
    /// @param channels of the feature map
    record Lookup(StoredTable table, int channels) implements Idiom {}

    /// What only the end of a graph may be.
    record Last(OutputOperator operator) implements Idiom {}
}
