/// Recipes for maps of bytes: products of bytes, summed in 32 bits and requantized to the bit.
@NullMarked
package org.mobilenet4j.machine.recipe.integer;

import org.jspecify.annotations.NullMarked;
