/// An assembler for AArch64: 64-bit integers, NEON, and dot products of bytes.
@NullMarked
package org.mobilenet4j.machine.a64;

import org.jspecify.annotations.NullMarked;
