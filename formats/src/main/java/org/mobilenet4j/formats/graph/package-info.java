/// From another program's graph to a [org.mobilenet4j.arch.Network]: operations are collected, arranged as a
/// series-parallel tree, and rewritten where the other format expresses something differently. All readers use it.
@NullMarked
package org.mobilenet4j.formats.graph;

import org.jspecify.annotations.NullMarked;
