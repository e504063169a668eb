/// Kernels on quantized values that exist once, to the bits of TFLite. Memory holds integers less their zero point, in
/// floats.
@NullMarked
package org.mobilenet4j.kernel.quantized;

import org.jspecify.annotations.NullMarked;
