package org.mobilenet4j.train.optimize;

import java.util.Arrays;
import org.mobilenet4j.error.BadValueException;

/// The update rule of the weights. The rule is a value; its state lies in arrays of the caller, so that it can be
/// saved, and shared by threads.
///
/// Kernels apply it (`train.graph.OptimizerStep`).
public sealed interface Optimizer permits Sgd, RmsProp, AdamW {
    /// The number of state arrays, each as long as the parameters.
    int slots();

    /// Initializes new state arrays.
    ///
    /// @throws IllegalArgumentException if there are not [#slots] arrays
    default void start(float[][] slots) {
        Checks.slots(this, slots);
        for (var slot : slots) {
            Arrays.fill(slot, 0);
        }
    }

    /// Parses the output of `toString`; settings may be omitted: `sgd`, `sgd:momentum=0.9:nesterov=true`,
    /// `rmsprop:decay=0.9:momentum=0.9:epsilon=1:flavor=tensorflow`, `adamw:beta1=0.9:beta2=0.999:epsilon=1e-8`.
    ///
    /// Defaults are momentum 0.9 for `sgd`, TF-Slim's or PyTorch's own for `rmsprop`, PyTorch's own for `adamw`.
    ///
    /// @throws IllegalArgumentException if `text` is invalid, saying why
    static Optimizer parse(String text) {
        var notation = new SpecParser(text);
        return switch (notation.name()) {
            case "sgd" -> notation.finish(Sgd.of(notation));
            case "rmsprop" -> notation.finish(RmsProp.of(notation));
            case "adamw" -> notation.finish(AdamW.of(notation));
            default ->
                throw new BadValueException(
                        "there is no optimizer called " + notation.name() + "; take sgd, rmsprop or adamw");
        };
    }
}
