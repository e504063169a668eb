/// Kernels on floats that exist once, as they do too little to matter.
@NullMarked
package org.mobilenet4j.kernel.plain;

import org.jspecify.annotations.NullMarked;
