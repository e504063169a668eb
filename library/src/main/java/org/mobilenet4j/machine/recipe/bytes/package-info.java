/// Recipes for maps of bytes that hold integers: pooling, functions byte by byte, borders, and images in and results
/// out.
@NullMarked
package org.mobilenet4j.machine.recipe.bytes;

import org.jspecify.annotations.NullMarked;
