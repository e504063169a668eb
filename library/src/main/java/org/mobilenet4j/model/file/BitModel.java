package org.mobilenet4j.model.file;

import java.util.Arrays;

/// How likely a decision is false, by context, as learned from those before: fast at first, then from
/// about the last hundred. Integers alone, so that a reader learns the same to the bit.
final class BitModel {
    /// Of a probability.
    static final int BITS = 16;

    private static final int ONE = 1 << BITS;

    /// No decision is taken for more certain than 255 of 256, so that a value takes 0.0056 bits at
    /// least.
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

    /// In parts of 65536.
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
