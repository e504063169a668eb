/// The instructions that the assembler knows, as tables: a row each, the same for encoding and for tests.
@NullMarked
package org.mobilenet4j.machine.x64.instruction;

import org.jspecify.annotations.NullMarked;
