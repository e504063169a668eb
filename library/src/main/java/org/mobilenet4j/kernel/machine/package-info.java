/// Kernels of machine code that is written for each place in a network, in memory off the heap.
@NullMarked
package org.mobilenet4j.kernel.machine;

import org.jspecify.annotations.NullMarked;
