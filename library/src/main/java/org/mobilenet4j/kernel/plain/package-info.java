/// Float kernels that exist in a single variant, as they take too little time to matter.
@NullMarked
package org.mobilenet4j.kernel.plain;

import org.jspecify.annotations.NullMarked;
