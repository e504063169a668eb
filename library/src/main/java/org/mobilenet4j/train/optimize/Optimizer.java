package org.mobilenet4j.train.optimize;

import java.util.Arrays;
import org.mobilenet4j.error.BadValueException;

/// The update rule of the weights. The rule is a value; its state lies in arrays of the caller, so that it can be
/// saved, and shared by threads.
///
/// Weight decay is an argument of each call, because it differs between parameters: a caller updates range by range.
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

    /// Updates the parameters `from` up to but not including `to`. Allocates nothing; the ranges of one step may
    /// run in any order and concurrently, and give the same bits as a single range.
    ///
    /// @param values the parameters, changed
    /// @param gradients of the mean loss, without weight decay; not changed
    /// @param slots the state left by [#start] or the previous step; changed
    /// @param rate the learning rate of this step
    /// @param decay weight decay of this range; 0 for none
    /// @param step number of steps before this one
    /// @throws IllegalArgumentException if arrays differ in length or number
    /// @throws IndexOutOfBoundsException if the range is outside the arrays
    void update(
            float[] values, float[] gradients, float[][] slots, int from, int to, double rate, double decay, long step);

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
