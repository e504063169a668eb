/// Training: losses, optimizers, schedules and recipes.
///
/// All trainable parameters of a network lie in one float array, and their gradients in another of the same length.
/// The classes here work on ranges of plain arrays, allocate nothing, and give the same bits however a range is
/// split, so that threads can share the work. Steps are counted from 0.
@NullMarked
package org.mobilenet4j.train;

import org.jspecify.annotations.NullMarked;
