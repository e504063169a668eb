/// The choice among the providers of kernels: no other package knows them.
@NullMarked
package org.mobilenet4j.kernel.variant;

import org.jspecify.annotations.NullMarked;
