/// Training: losses, optimizers, schedules and recipes.
///
/// All trainable parameters of a network lie in one array of floats and their gradients in another of the same length.
/// What is here works on ranges of plain arrays, allocates nothing, and gives the same bits however a range is split,
/// so that threads can share the work. Steps are counted from 0.
@NullMarked
package org.mobilenet4j.train;

import org.jspecify.annotations.NullMarked;
