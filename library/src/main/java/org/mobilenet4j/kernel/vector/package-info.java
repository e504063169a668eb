/// Kernels on the Vector API. Nothing here may be loaded if its module is absent.
@NullMarked
package org.mobilenet4j.kernel.vector;

import org.jspecify.annotations.NullMarked;
