/// Transformations of networks: the techniques with which the paper and its predecessors make networks small.
///
/// Start at [Technique]; [TechniqueParser] parses the notation of the command line.
@NullMarked
package org.mobilenet4j.arch.technique;

import org.jspecify.annotations.NullMarked;
