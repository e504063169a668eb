/// Recipes for AArch64, with the arguments, packed weights and results of those for x86-64.
@NullMarked
package org.mobilenet4j.machine.recipe.a64;

import org.jspecify.annotations.NullMarked;
