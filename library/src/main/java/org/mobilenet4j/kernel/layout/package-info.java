/// The memory layout of feature maps, and how windows slide over them.
@NullMarked
package org.mobilenet4j.kernel.layout;

import org.jspecify.annotations.NullMarked;
