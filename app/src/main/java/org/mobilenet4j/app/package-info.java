/// The command line: one class a command, all of them thin over the library.
@NullMarked
package org.mobilenet4j.app;

import org.jspecify.annotations.NullMarked;
