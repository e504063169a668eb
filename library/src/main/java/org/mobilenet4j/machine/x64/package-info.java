/// An assembler for x86-64: integers, AVX2 and AVX-512, labels and constants, and no absolute addresses.
@NullMarked
package org.mobilenet4j.machine.x64;

import org.jspecify.annotations.NullMarked;
