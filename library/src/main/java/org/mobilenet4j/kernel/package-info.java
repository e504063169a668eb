/// The operations that networks are made of, as contracts. [Kernels] is the door to those that exist in several
/// variants, [org.mobilenet4j.kernel.variant.KernelVariant] opens it.
@NullMarked
package org.mobilenet4j.kernel;

import org.jspecify.annotations.NullMarked;
