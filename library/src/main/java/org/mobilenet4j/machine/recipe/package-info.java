/// Recipes: kernels as code that is written for one shape and one set of instructions.
@NullMarked
package org.mobilenet4j.machine.recipe;

import org.jspecify.annotations.NullMarked;
