/// Exceptions for bad input: a value or a file from outside ([BadValueException], [BadFileException]). Any other
/// unchecked exception is a bug of this library.
@NullMarked
package org.mobilenet4j.error;

import org.jspecify.annotations.NullMarked;
