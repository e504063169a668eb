/// Finished machine code, whatever the processor it is for.
@NullMarked
package org.mobilenet4j.machine.code;

import org.jspecify.annotations.NullMarked;
