/// The choice among the providers of kernels, which no other package depends on.
@NullMarked
package org.mobilenet4j.kernel.variant;

import org.jspecify.annotations.NullMarked;
