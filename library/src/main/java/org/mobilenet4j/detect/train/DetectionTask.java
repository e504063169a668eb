package org.mobilenet4j.detect.train;

import org.mobilenet4j.data.DataSet;
import org.mobilenet4j.data.augment.BoxAugmentation;
import org.mobilenet4j.data.batch.BoxTargets;
import org.mobilenet4j.model.BoxOutputs;
import org.mobilenet4j.train.BoxTask;
import org.mobilenet4j.train.Validator;

/// Training a detector.
///
/// @param targets how photos become batches
public record DetectionTask(BoxTargets targets) implements BoxTask {
    /// @param boxes of the detector
    public DetectionTask(BoxOutputs boxes, BoxAugmentation augmentation) {
        this(new BoxTargets(augmentation, new AnchorMatcher(boxes)));
    }

    @Override
    public Validator validator(DataSet photos) {
        return new DetectionValidator(photos);
    }
}
