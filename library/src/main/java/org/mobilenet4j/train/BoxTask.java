package org.mobilenet4j.train;

import org.mobilenet4j.data.batch.BoxTargets;

/// What a training does where its photos show objects in boxes, and not classes. Its implementation is
/// `org.mobilenet4j.detect.train.DetectionTask`, with a loss that takes its targets.
public interface BoxTask {
    /// How photos become batches, in place of the setup's augmentation.
    BoxTargets targets();

    /// Measures detectors on the validation photos: by mean average precision, in place of accuracy ([Validation]).
    Validator validator();
}
