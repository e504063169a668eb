package org.mobilenet4j.train.optimize;

import java.util.Arrays;
import org.mobilenet4j.error.BadValueException;

/// How weights follow their gradients. The rule is a value; its state lies in arrays of the caller, so that it can be
/// saved and shared by threads.
///
/// Weight decay is per call, because parameters differ in it: a caller updates range after range.
public sealed interface Optimizer permits Sgd, RmsProp, AdamW {
    /// How many arrays of state, each as long as the parameters, are kept.
    int slots();

    /// Fills new state arrays with what they hold before the first step.
    ///
    /// @throws IllegalArgumentException when there are not [#slots] arrays
    default void start(float[][] slots) {
        Checks.slots(this, slots);
        for (var slot : slots) {
            Arrays.fill(slot, 0);
        }
    }

    /// One step of the parameters `from` up to but not including `to`. Allocates nothing; ranges of one step may run in
    /// any order and at once, and give the same bits as one range.
    ///
    /// @param values the parameters, changed
    /// @param gradients of the mean loss, without weight decay; not changed
    /// @param slots the state, as [#start] left it or the step before did; changed
    /// @param rate the learning rate of this step
    /// @param decay weight decay of this range; 0 for none
    /// @param step how many steps were made before this one
    /// @throws IllegalArgumentException when arrays differ in length or number
    /// @throws IndexOutOfBoundsException when the range does not lie in the arrays
    void update(
            float[] values, float[] gradients, float[][] slots, int from, int to, double rate, double decay, long step);

    /// Reads what `toString` writes; settings may be left out: `sgd`, `sgd:momentum=0.9:nesterov=true`,
    /// `rmsprop:decay=0.9:momentum=0.9:epsilon=1:flavor=tensorflow`, `adamw:beta1=0.9:beta2=0.999:epsilon=1e-8`.
    ///
    /// Defaults are momentum 0.9 for `sgd`, TF-Slim's or PyTorch's own for `rmsprop`, PyTorch's own for `adamw`.
    ///
    /// @throws IllegalArgumentException saying what is wrong with `text`
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
