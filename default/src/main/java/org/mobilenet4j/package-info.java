/// The network that comes with mobilenet4j. The library's packages lie below this one, in a module of their own; this
/// package belongs to no other module.
@NullMarked
package org.mobilenet4j;

import org.jspecify.annotations.NullMarked;
