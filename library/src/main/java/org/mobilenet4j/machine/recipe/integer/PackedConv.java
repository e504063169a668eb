package org.mobilenet4j.machine.recipe.integer;

/// Weights and parameters as a routine reads them, each to be copied to a cache line.
///
/// @param weights    of all blocks
/// @param parameters of all blocks: biases, multipliers, and what else requantizing takes
/// @param parts      how many bytes the weights are sums of, as far as some do not fit one: the routine
///     adds them up
@SuppressWarnings("ArrayRecordComponent") // copied once, by whoever packs
public record PackedConv(byte[] weights, byte[] parameters, int parts) {}
