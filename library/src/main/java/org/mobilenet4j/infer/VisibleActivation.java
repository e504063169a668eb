package org.mobilenet4j.infer;

import org.mobilenet4j.arch.Node;
import org.mobilenet4j.kernel.plain.FloatMap;

/// The output of a plan's step; it stays in memory until a later step overwrites it.
///
/// @param step the step's place in the plan
/// @param node the layer whose output it is
/// @param map its place in memory
record VisibleActivation(int step, Node node, FloatMap map) {}
