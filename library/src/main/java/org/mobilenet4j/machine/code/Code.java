package org.mobilenet4j.machine.code;

import java.util.Arrays;
import java.util.List;

/// Finished code that runs at any address which is a multiple of 64.
///
/// @param bytes   instructions and, behind them, constants; not to be changed
/// @param entries its routines in the order in which they lie
@SuppressWarnings("ArrayRecordComponent") // read once, by whoever loads it
public record Code(byte[] bytes, List<Entry> entries) {

    /// Where a routine begins, and its length in bytes up to the next one or the constants.
    public record Entry(String name, int offset, int length) {}

    @Override
    public boolean equals(Object other) {
        return other instanceof Code code && Arrays.equals(bytes, code.bytes) && entries.equals(code.entries);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return entries + " in " + bytes.length + " bytes";
    }
}
