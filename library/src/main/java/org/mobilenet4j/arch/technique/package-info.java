/// Networks made of other networks: the techniques by which the paper and its predecessors make networks small.
///
/// Start at [Technique]; [TechniqueParser] reads them as the command line writes them.
@NullMarked
package org.mobilenet4j.arch.technique;

import org.jspecify.annotations.NullMarked;
