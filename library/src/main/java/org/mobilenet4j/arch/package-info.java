/// Networks as immutable values.
///
/// A [Layer] is a record; [Sequence] and [Parallel] combine layers into a tree; a [Network] gives the tree an input
/// shape and checks it. Shapes, cost, the names of the weights and the plan that runs a network are derived from it.
/// Published networks are in [org.mobilenet4j.arch.zoo], transformations of networks in
/// [org.mobilenet4j.arch.technique].
@NullMarked
package org.mobilenet4j.arch;

import org.jspecify.annotations.NullMarked;
