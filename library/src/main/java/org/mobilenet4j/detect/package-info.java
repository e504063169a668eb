/// Where in a photo objects are: a [Detector] finds them by SSD (Liu et al., arXiv 1512.02325).
///
/// [SsdAnchors] places anchors, [BoxCoder] makes boxes of them and a network's outputs, [NonMaximumSuppression] keeps
/// one box for each object. A detector is safe to share by any number of threads.
@NullMarked
package org.mobilenet4j.detect;

import org.jspecify.annotations.NullMarked;
