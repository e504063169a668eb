/// Whose fault a failure is: a value or a file from outside ([BadValueException], [BadFileException]), or, with any
/// other
/// exception, ours.
@NullMarked
package org.mobilenet4j.error;

import org.jspecify.annotations.NullMarked;
