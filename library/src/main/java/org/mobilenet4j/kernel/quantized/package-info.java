/// The door to the kernels of quantized networks, bit-exact with TFLite, and those that exist once, as plain loops on
/// integers less their zero point in floats.
@NullMarked
package org.mobilenet4j.kernel.quantized;

import org.jspecify.annotations.NullMarked;
