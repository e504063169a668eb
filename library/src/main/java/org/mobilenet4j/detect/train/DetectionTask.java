package org.mobilenet4j.detect.train;

import java.util.Objects;
import org.mobilenet4j.data.augment.BoxAugmentation;
import org.mobilenet4j.data.batch.BoxTargets;
import org.mobilenet4j.data.box.Annotations;
import org.mobilenet4j.model.BoxOutputs;
import org.mobilenet4j.train.BoxTask;
import org.mobilenet4j.train.Validator;

/// Training a detector.
///
/// @param targets how photos become batches
/// @param validation photos that choose the best epoch
public record DetectionTask(BoxTargets targets, Annotations validation) implements BoxTask {
    public DetectionTask {
        Objects.requireNonNull(targets, "targets");
        Objects.requireNonNull(validation, "validation");
    }

    /// @param boxes of the detector
    public DetectionTask(BoxOutputs boxes, BoxAugmentation augmentation, Annotations validation) {
        this(new BoxTargets(augmentation, new AnchorMatcher(boxes)), validation);
    }

    @Override
    public Validator validator() {
        return new DetectionValidator(validation);
    }
}
