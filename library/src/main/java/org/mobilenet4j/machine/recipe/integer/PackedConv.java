package org.mobilenet4j.machine.recipe.integer;

import java.lang.foreign.MemorySegment;
import java.util.BitSet;

/// Weights and parameters as a routine reads them, each to be copied to a cache line.
///
/// @param weights    of all blocks, in arrays
/// @param parameters of all blocks: biases, multipliers, and what else requantizing takes
/// @param rests      where weights do not fit a signed byte, so that the routine adds what is left of
///     them
public record PackedConv(MemorySegment weights, MemorySegment parameters, BitSet rests) {}
