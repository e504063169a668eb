/// Parallel execution, for inference and training: one pool of helper threads for the process ([Workers]), and work
/// in stages that threads go through together ([StagedTask]).
@NullMarked
package org.mobilenet4j.parallel;

import org.jspecify.annotations.NullMarked;
