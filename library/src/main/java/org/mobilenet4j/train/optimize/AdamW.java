package org.mobilenet4j.train.optimize;

/// Adam (Kingma and Ba, arXiv 1412.6980) with decoupled weight decay (Loshchilov and Hutter, arXiv 1711.05101),
/// as `torch.optim.AdamW`.
///
/// `w *= 1 - rate * decay`; `m += (1 - beta1) * (g - m)`; `v = beta2 * v + (1 - beta2) * g^2`; then, at the `t`-th step
/// counted from 1, `w -= rate / (1 - beta1^t) * m / (sqrt(v) / sqrt(1 - beta2^t) + epsilon)`.
///
/// @param beta1 decay of the mean, from 0 up to but not including 1
/// @param beta2 decay of the mean square, from 0 up to but not including 1
/// @param epsilon added to the root, above 0
public record AdamW(double beta1, double beta2, double epsilon) implements Optimizer {
    public AdamW {
        Checks.share("beta1", beta1);
        Checks.share("beta2", beta2);
        Checks.positive("AdamW's epsilon", epsilon);
    }

    static AdamW of(SpecParser notation) {
        return new AdamW(
                notation.number("beta1", 0.9), notation.number("beta2", 0.999), notation.number("epsilon", 1e-8));
    }

    /// Two: the mean and the mean square of the gradients.
    @Override
    public int slots() {
        return 2;
    }

    /// The form that [Optimizer#parse] reads.
    @Override
    public String toString() {
        return "adamw:beta1=" + beta1 + ":beta2=" + beta2 + ":epsilon=" + epsilon;
    }
}
