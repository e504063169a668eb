/// Training of detectors: which anchor finds which object, the losses, what a training starts from, and what it is
/// measured by.
///
/// Most people call [org.mobilenet4j.fit.DetectorTraining], which puts these together.
@NullMarked
package org.mobilenet4j.detect.train;

import org.jspecify.annotations.NullMarked;
