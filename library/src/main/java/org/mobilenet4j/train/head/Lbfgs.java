package org.mobilenet4j.train.head;

import java.util.ArrayDeque;
import java.util.ArrayList;

/// Minimizes a smooth convex function by limited-memory BFGS: Nocedal and Wright, *Numerical Optimization*,
/// algorithms 7.4 and 7.5, with a backtracking line search that halves the step until the function decreases enough.
final class Lbfgs {
    /// The number of pairs of steps and gradient changes that approximate the curvature.
    private static final int MEMORY = 10;

    /// The fraction of the decrease predicted by the slope that a step must achieve (Armijo condition).
    private static final double SUFFICIENT = 1e-4;

    private static final int HALVINGS = 30;

    private Lbfgs() {}

    /// A function of many variables.
    interface Objective {
        /// Returns the value at `point`, and writes the gradient there to `gradient`.
        double at(double[] point, double[] gradient);
    }

    /// A step `s`, the change `y` of the gradient along it, and `1 / (y . s)`.
    private static final class Pair {
        private final double[] s;
        private final double[] y;
        private final double inverse;

        Pair(double[] s, double[] y) {
            this.s = s;
            this.y = y;
            this.inverse = 1 / dot(y, s);
        }
    }

    /// Moves `point` until no component of the gradient is larger than `tolerance`, no step helps, or `most` steps
    /// were made.
    ///
    /// @return the final value
    static double minimize(Objective objective, double[] point, int most, double tolerance) {
        var gradient = new double[point.length];
        double value = objective.at(point, gradient);
        var pairs = new ArrayDeque<Pair>();
        for (int step = 0; step < most && largest(gradient) > tolerance; step++) {
            var direction = direction(gradient, pairs);
            double slope = dot(direction, gradient);
            // The scale is unknown before the first step.
            double length = pairs.isEmpty() ? 1 / Math.max(1, Math.sqrt(dot(gradient, gradient))) : 1;
            var next = new double[point.length];
            var nextGradient = new double[point.length];
            double nextValue = Double.NaN;
            for (int i = 0; i < HALVINGS && !(nextValue <= value + SUFFICIENT * length * slope); i++) {
                length *= i == 0 ? 1 : 0.5;
                add(point, length, direction, next);
                nextValue = objective.at(next, nextGradient);
            }
            if (!(nextValue < value)) {
                return value;
            }
            remember(pairs, difference(next, point), difference(nextGradient, gradient));
            System.arraycopy(next, 0, point, 0, point.length);
            gradient = nextGradient;
            value = nextValue;
        }
        return value;
    }

    /// The descent direction, corrected by the curvature along the last steps.
    private static double[] direction(double[] gradient, ArrayDeque<Pair> pairs) {
        var direction = new double[gradient.length];
        add(direction, -1, gradient, direction);
        var weights = new ArrayList<Double>();
        for (var pair : pairs) {
            double weight = pair.inverse * dot(pair.s, direction);
            weights.add(weight);
            add(direction, -weight, pair.y, direction);
        }
        if (!pairs.isEmpty()) {
            var last = pairs.getFirst();
            double scale = 1 / (last.inverse * dot(last.y, last.y));
            for (int i = 0; i < direction.length; i++) {
                direction[i] *= scale;
            }
        }
        var oldest = pairs.descendingIterator();
        for (int i = pairs.size() - 1; i >= 0; i--) {
            var pair = oldest.next();
            add(direction, weights.get(i) - pair.inverse * dot(pair.y, direction), pair.s, direction);
        }
        return direction;
    }

    private static void remember(ArrayDeque<Pair> pairs, double[] s, double[] y) {
        if (dot(s, y) > 0) {
            pairs.addFirst(new Pair(s, y));
            if (pairs.size() > MEMORY) {
                pairs.removeLast();
            }
        }
    }

    private static double[] difference(double[] a, double[] b) {
        var difference = new double[a.length];
        add(a, -1, b, difference);
        return difference;
    }

    private static void add(double[] a, double factor, double[] b, double[] sum) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] = a[i] + factor * b[i];
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double largest(double[] values) {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }
}
