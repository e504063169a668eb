/// Optimizers, learning-rate schedules, and where each parameter lies in the array that they work on.
@NullMarked
package org.mobilenet4j.train.optimize;

import org.jspecify.annotations.NullMarked;
