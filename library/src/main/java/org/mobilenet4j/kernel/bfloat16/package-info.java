/// Matrix products in bfloat16: factors rounded to 8 significant bits, sums in floats.
@NullMarked
package org.mobilenet4j.kernel.bfloat16;

import org.jspecify.annotations.NullMarked;
