package org.mobilenet4j.train.optimize;

import java.util.Arrays;
import java.util.Objects;

/// RMSProp (Hinton, Coursera lecture 6e, 2012): gradients divided by the root of their mean square, with momentum.
///
/// The two libraries that published networks were trained with differ in four ways; with `g = gradient +
/// weightDecay * w` and `ms` the mean square:
///
/// | | TensorFlow 1 | PyTorch |
/// |---|---|---|
/// | `ms` before the first step | 1 | 0 |
/// | denominator | `sqrt(ms + epsilon)` | `sqrt(ms) + epsilon` |
/// | momentum | `m = momentum * m + rate * g / denominator` | `m = momentum * m + g / denominator` |
/// | step | `w -= m` | `w -= rate * m` |
///
/// The last two are equivalent while the learning rate is constant. The square is not centered.
///
/// @param decay decay of the mean square, from 0 up to but not including 1
/// @param momentum from 0 (none) up to but not including 1
/// @param epsilon added to the denominator, above 0; TF-Slim uses 1
/// @param flavor which library's form
public record RmsProp(double decay, double momentum, double epsilon, Flavor flavor) implements Optimizer {
    /// Which library's form of RMSProp; see the table above.
    public enum Flavor {
        TENSORFLOW,
        PYTORCH
    }

    public RmsProp {
        Objects.requireNonNull(flavor, "flavor");
        Checks.share("the decay of RMSProp's mean square", decay);
        Checks.share("the momentum", momentum);
        Checks.positive("RMSProp's epsilon", epsilon);
    }

    /// TF-Slim's `train_image_classifier.py`: decay and momentum 0.9, epsilon 1.
    public static RmsProp tensorFlow() {
        return new RmsProp(0.9, 0.9, 1, Flavor.TENSORFLOW);
    }

    /// The defaults of `torch.optim.RMSprop`: decay 0.99, no momentum, epsilon 1e-8.
    public static RmsProp pyTorch() {
        return new RmsProp(0.99, 0, 1e-8, Flavor.PYTORCH);
    }

    static RmsProp of(SpecParser notation) {
        var defaults = switch (notation.constant("flavor", Flavor.TENSORFLOW)) {
            case TENSORFLOW -> tensorFlow();
            case PYTORCH -> pyTorch();
        };
        return new RmsProp(
                notation.number("decay", defaults.decay),
                notation.number("momentum", defaults.momentum),
                notation.number("epsilon", defaults.epsilon),
                defaults.flavor);
    }

    /// Two: the mean square, and the momentum buffer.
    @Override
    public int slots() {
        return 2;
    }

    @Override
    public void start(float[][] slots) {
        Optimizer.super.start(slots);
        if (flavor == Flavor.TENSORFLOW) {
            Arrays.fill(slots[0], 1);
        }
    }

    /// The form that [Optimizer#parse] reads.
    @Override
    public String toString() {
        return "rmsprop:decay=" + decay + ":momentum=" + momentum + ":epsilon=" + epsilon + ":flavor="
                + SpecParser.nameOf(flavor);
    }
}
