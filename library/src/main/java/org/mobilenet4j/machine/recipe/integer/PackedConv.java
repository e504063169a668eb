package org.mobilenet4j.machine.recipe.integer;

/// Weights and parameters as a routine reads them, each to be copied to a cache line.
///
/// @param weights    of all blocks
/// @param parameters of all blocks: biases, multipliers, and what else requantizing takes
/// @param hasRests   whether some weights do not fit a signed byte, so that the routine must add what
///     is left of them
@SuppressWarnings("ArrayRecordComponent") // copied once, by whoever packs
public record PackedConv(byte[] weights, byte[] parameters, boolean hasRests) {}
