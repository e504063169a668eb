/// Running machine code that the library writes itself: [MachineSupport] says whether this process may, and hands
/// out [Target], which loads code and allocates the memory it works on. What to write is told by [Isa] and
/// [Processor].
///
/// Nothing native is shipped or loaded. Code is written to memory, which is then made executable and no longer
/// writable, and called by the JDK's foreign functions.
///
/// Both packages do without lambdas, streams and switches over types where a process starts: the JDK links each on
/// first use, which takes longer than the code that is written.
@NullMarked
package org.mobilenet4j.machine;

import org.jspecify.annotations.NullMarked;
