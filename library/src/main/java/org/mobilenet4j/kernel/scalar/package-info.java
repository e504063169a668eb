/// Kernels in plain loops: the reference.
@NullMarked
package org.mobilenet4j.kernel.scalar;

import org.jspecify.annotations.NullMarked;
