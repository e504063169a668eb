/// AArch64's instructions in tables: a row is what stands in an instruction's 32 bits beside its operands.
@NullMarked
package org.mobilenet4j.machine.a64.instruction;

import org.jspecify.annotations.NullMarked;
