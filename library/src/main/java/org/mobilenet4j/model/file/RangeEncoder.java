package org.mobilenet4j.model.file;

import java.io.ByteArrayOutputStream;

/// A binary arithmetic coder: each decision takes about as many bits as its information content under its [BitModel].
///
/// The carry-less interval of 32 bits with a delayed byte that LZMA uses (Martin 1979; the LZMA specification, section
/// "Range coder"), with probabilities of 16 bits.
final class RangeEncoder {
    private static final int FLUSH_BYTES = 5;
    private static final int BYTE = 8;
    private static final long TOP = 0xff000000L;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private long low;
    private int range = -1;
    private int delayed;
    private long delayedCount = 1;

    /// Codes one decision and updates `model`.
    void encode(BitModel model, int context, boolean bit) {
        int bound = (range >>> BitModel.BITS) * model.ofFalse(context);
        if (bit) {
            low += Integer.toUnsignedLong(bound);
            range -= bound;
        } else {
            range = bound;
        }
        model.learn(context, bit);
        while (range >>> (Integer.SIZE - BYTE) == 0) {
            range <<= BYTE;
            shift();
        }
    }

    /// The finished stream.
    byte[] finish() {
        for (int i = 0; i < FLUSH_BYTES; i++) {
            shift();
        }
        return out.toByteArray();
    }

    /// A byte is final once no carry can reach it.
    private void shift() {
        if (low < TOP || low > 0xffffffffL) {
            int carry = (int) (low >>> Integer.SIZE);
            for (int settled = delayed; delayedCount > 0; delayedCount--) {
                out.write(settled + carry);
                settled = 0xff;
            }
            delayed = (int) (low >>> (Integer.SIZE - BYTE)) & 0xff;
        }
        delayedCount++;
        low = (low & 0xffffff) << BYTE;
    }
}
