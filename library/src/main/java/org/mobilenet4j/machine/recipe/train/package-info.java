/// Training in machine code: routines on arrays, whose numbers of pixels are arguments.
@NullMarked
package org.mobilenet4j.machine.recipe.train;

import org.jspecify.annotations.NullMarked;
