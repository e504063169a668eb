/// Objects in photos and the boxes around them.
///
/// Start at [Annotations]; a [Box] is what [org.mobilenet4j.detect.Detector] finds, and what people mark.
@NullMarked
package org.mobilenet4j.data.box;

import org.jspecify.annotations.NullMarked;
