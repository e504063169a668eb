package org.mobilenet4j.model.file;

import java.util.Arrays;

/// The adaptive probability, by context, that a decision is false: it adapts fast at first, then to about the last
/// hundred decisions. It uses integers only, so that encoder and decoder agree to the bit.
final class BitModel {
    /// Bits of a probability.
    static final int BITS = 16;

    private static final int ONE = 1 << BITS;

    /// No probability exceeds 255/256, so a value takes at least 0.0056 bits.
    private static final int LEAST = ONE >> 8;

    private static final int FASTEST = 2;
    private static final int SLOWEST = 7;

    private final int[] ofFalse;
    private final byte[] seen;

    BitModel(int contexts) {
        this.ofFalse = new int[contexts];
        this.seen = new byte[contexts];
        Arrays.fill(ofFalse, ONE / 2);
    }

    /// In units of 1/65536.
    int ofFalse(int context) {
        return ofFalse[context];
    }

    void learn(int context, boolean bit) {
        int shift = Math.min(SLOWEST, FASTEST + Integer.SIZE - Integer.numberOfLeadingZeros(seen[context] + 1) - 1);
        seen[context] = (byte) Math.min(Byte.MAX_VALUE, seen[context] + 1);
        int was = ofFalse[context];
        int now = bit ? was - (was >> shift) : was + ((ONE - was) >> shift);
        ofFalse[context] = Math.min(ONE - LEAST, Math.max(LEAST, now));
    }
}
