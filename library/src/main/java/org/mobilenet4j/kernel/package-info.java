/// The arithmetic, each piece twice: a plain scalar reference that stays, and a fast version on vectors.
@NullMarked
package org.mobilenet4j.kernel;

import org.jspecify.annotations.NullMarked;
