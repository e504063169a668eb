/// Where the time of a training step goes: a watch that times its stages, and within them its kernels.
@NullMarked
package org.mobilenet4j.train.measure;

import org.jspecify.annotations.NullMarked;
