/// Where the values of feature maps lie in memory, and how windows go over them.
@NullMarked
package org.mobilenet4j.kernel.layout;

import org.jspecify.annotations.NullMarked;
