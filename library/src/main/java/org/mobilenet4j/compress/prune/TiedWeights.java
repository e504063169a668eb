package org.mobilenet4j.compress.prune;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.mobilenet4j.train.WeightConstraint;
import org.mobilenet4j.train.optimize.ParameterLayout;

/// Keeps weights of a kernel equal in training if they are equal at the start.
///
/// The gradients of weights that share a value are averaged: of all steps that keep the weights equal, this is the
/// nearest to their separate steps. With the plain sum (Han et al., figure 3), a value that thousands of weights share
/// would take thousands of times as long a step as a rare one.
record TiedWeights() implements WeightConstraint {
    @Override
    public Upkeep over(ParameterLayout layout, float[] start) {
        var kernels = PrunableKernels.of(layout).stream()
                .map(place -> new Shared(place.offset(), place.size(), start))
                .toList();
        return new Ties(kernels);
    }

    /// Ties the weights of all kernels of a network.
    private static final class Ties implements Upkeep {
        private final List<Shared> kernels;

        Ties(List<Shared> kernels) {
            this.kernels = new ArrayList<>(kernels);
        }

        @Override
        public void before(float[] values, float[] gradients) {
            kernels.forEach(kernel -> kernel.average(gradients));
        }
    }

    /// Which weights of one kernel share a value.
    private static final class Shared {
        private static final int ZERO = 0;

        private final int offset;
        /// For each weight, 0 if it is zero, otherwise the index of its value.
        private final int[] numbers;

        private final int[] counts;
        private final double[] sums;

        Shared(int offset, int size, float[] start) {
            this.offset = offset;
            this.numbers = new int[size];
            var known = new HashMap<Float, Integer>();
            for (int i = 0; i < size; i++) {
                float value = start[offset + i];
                numbers[i] = value == 0 ? ZERO : known.computeIfAbsent(value, _ -> known.size() + 1);
            }
            this.counts = new int[known.size() + 1];
            this.sums = new double[known.size() + 1];
            for (int number : numbers) {
                counts[number]++;
            }
        }

        void average(float[] gradients) {
            java.util.Arrays.fill(sums, 0);
            for (int i = 0; i < numbers.length; i++) {
                sums[numbers[i]] += gradients[offset + i];
            }
            sums[ZERO] = 0;
            for (int i = 0; i < numbers.length; i++) {
                int number = numbers[i];
                gradients[offset + i] = (float) (sums[number] / counts[number]);
            }
        }
    }
}
