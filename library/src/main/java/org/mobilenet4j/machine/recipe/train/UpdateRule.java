package org.mobilenet4j.machine.recipe.train;

/// How an optimizer changes weights; `kernel.UpdateKernel` has the formulas. Each names the arrays and the factors of
/// its routine, in order.
public enum UpdateRule {
    /// Arrays `(values, gradients, sums)`, factors `(rate, decay, momentum)`.
    DESCEND(3, 3),
    /// As [#DESCEND].
    DESCEND_AHEAD(3, 3),
    /// Arrays `(values, gradients, squares, sums)`, factors `(rate, decay, fresh, momentum, epsilon)`.
    RMSPROP_TENSORFLOW(4, 5),
    /// Arrays `(values, gradients, squares, sums)`, factors `(rate, decay, old, fresh, momentum, epsilon)`.
    RMSPROP_PYTORCH(4, 6),
    /// Arrays `(values, gradients, means, squares)`, factors `(shrink, size, root, freshMean, oldSquare, freshSquare,
    /// epsilon)`.
    ADAMW(4, 7),
    /// Arrays `(values, averages)`, the factor `fresh`.
    AVERAGE(2, 1);

    private final int arrays;
    private final int factors;

    UpdateRule(int arrays, int factors) {
        this.arrays = arrays;
        this.factors = factors;
    }

    int arrays() {
        return arrays;
    }

    int factors() {
        return factors;
    }
}
