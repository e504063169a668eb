/// Batches for training, decoded and augmented ahead of the trainer by background threads; mixup (Zhang et al., 2017)
/// and cutmix (Yun et al., 2019).
///
/// Start at [Batches].
@NullMarked
package org.mobilenet4j.data.batch;

import org.jspecify.annotations.NullMarked;
