/// The interfaces of the operations that networks consist of. [Kernels] provides those that exist in several
/// variants; [org.mobilenet4j.kernel.variant.KernelVariant] selects the provider.
@NullMarked
package org.mobilenet4j.kernel;

import org.jspecify.annotations.NullMarked;
