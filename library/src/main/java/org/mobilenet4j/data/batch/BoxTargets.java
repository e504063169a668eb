package org.mobilenet4j.data.batch;

import java.util.Objects;
import org.mobilenet4j.data.augment.BoxAugmentation;

/// What photos of objects become in a batch, in place of what those of classes do.
///
/// @param augmentation random changes
/// @param encoding from boxes to rows of targets
public record BoxTargets(BoxAugmentation augmentation, BoxEncoding encoding) {
    public BoxTargets {
        Objects.requireNonNull(augmentation, "augmentation");
        Objects.requireNonNull(encoding, "encoding");
    }
}
