package org.mobilenet4j.formats.graph;

import java.util.Arrays;
import org.mobilenet4j.model.ActivationQuantization;

/// What integer arithmetic makes of each stored value of a quantized feature map.
///
/// 256 results for each channel, or for all: an operator on one value at a time is its table, whatever arithmetic it is
/// computed in.
public final class StoredTable {
    private static final int VALUES = 256;

    private final ActivationQuantization from;
    private final ActivationQuantization to;
    /// By channel, then by distance from the least stored value.
    private final byte[][] results;

    /// Computes the result of one stored value.
    @FunctionalInterface
    public interface Function {
        /// The result; it is clamped later.
        ///
        /// @param channel from 0
        /// @param stored a value of the type of the input
        int apply(int channel, int stored);
    }

    private StoredTable(ActivationQuantization from, ActivationQuantization to, byte[][] results) {
        this.from = from;
        this.to = to;
        this.results = results;
    }

    /// The table of `function`, whose results are clamped to the range of `to`.
    ///
    /// @param channels number of tables; 1 for all channels
    public static StoredTable of(
            ActivationQuantization from, ActivationQuantization to, int channels, Function function) {
        var results = new byte[channels][VALUES];
        for (int c = 0; c < channels; c++) {
            for (int i = 0; i < VALUES; i++) {
                int result = function.apply(c, from.type().least() + i);
                results[c][i] =
                        (byte) Math.clamp(result, to.type().least(), to.type().greatest());
            }
        }
        return new StoredTable(from, to, results);
    }

    /// The quantization of the values that are looked up.
    public ActivationQuantization from() {
        return from;
    }

    /// The quantization of the results.
    public ActivationQuantization to() {
        return to;
    }

    /// The number of tables: one for each channel, or 1 for all.
    int channels() {
        return results.length;
    }

    /// The result for the `index`-th stored value, counted from the least.
    int get(int channel, int index) {
        byte result = results[channel % results.length][index];
        return to.type().least() < 0 ? result : result & 0xff;
    }

    /// This table, applied to the results of `before`.
    StoredTable after(StoredTable before) {
        int channels = Math.max(channels(), before.channels());
        return of(
                before.from,
                to,
                channels,
                (channel, stored) -> get(
                        channel,
                        before.get(channel, stored - before.from.type().least())
                                - from.type().least()));
    }

    /// Whether each result is as far from the least one as the value looked up: only the scale changes.
    boolean isRelabeling() {
        for (int c = 0; c < results.length; c++) {
            for (int i = 0; i < VALUES; i++) {
                if (get(c, i) - to.type().least() != i) {
                    return false;
                }
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StoredTable table
                && from.equals(table.from)
                && to.equals(table.to)
                && Arrays.deepEquals(results, table.results);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(results);
    }
}
