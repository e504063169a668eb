/// Work shared out to the processors: one pool of helping threads for the process ([Workers]), and stages of
/// work that threads go through together ([StagedTask]), as running and training need them.
@NullMarked
package org.mobilenet4j.parallel;

import org.jspecify.annotations.NullMarked;
