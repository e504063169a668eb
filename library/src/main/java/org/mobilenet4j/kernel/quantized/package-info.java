/// Quantized kernels that exist in a single variant, bit-exact with TFLite. Memory holds integers less their zero
/// point, as floats.
@NullMarked
package org.mobilenet4j.kernel.quantized;

import org.jspecify.annotations.NullMarked;
