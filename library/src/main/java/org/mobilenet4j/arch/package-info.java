/// Networks as immutable values.
///
/// A [org.mobilenet4j.arch.Layer] is a record; [org.mobilenet4j.arch.Sequence] and [org.mobilenet4j.arch.Parallel]
/// combine
/// layers into a tree; a [org.mobilenet4j.arch.Network] gives the tree an input shape and checks it. MobileNet v1 and
/// its
/// relatives are one table each: shapes, cost, the names of the weights and the plan that runs them are derived.
/// A [org.mobilenet4j.arch.Technique] makes another network of one.
/// The tables follow the paper's table 1 (section 3.2) and, where the paper is silent, TF-Slim.
@NullMarked
package org.mobilenet4j.arch;

import org.jspecify.annotations.NullMarked;
