package org.mobilenet4j.machine.recipe.integer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.mobilenet4j.kernel.OutputRescaling;
import org.mobilenet4j.machine.x64.Gpr;
import org.mobilenet4j.machine.x64.Mem;

/// What [RequantizeCode] reads of a block of channels: arrays of one value a channel, in the order of
/// the lanes that hold the sums. Those of 64 bits have a vector's even lanes before its odd ones, as
/// products of 64 bits do.
///
/// @param columns channels a block: whole vectors
/// @param lanes   channels a vector
record ChannelParameters(int columns, int lanes) {
    private static final int BITS = 31;

    /// Bytes behind the arrays that are the recipe's own.
    private static final int EXTRA = 64;

    /// Bytes of a channel, in arrays of 32 and of 64 bits.
    private static final int CHANNEL = 6 * 4 + 3 * 8;

    /// Where the block's biases are, which sums begin with: 32 bits.
    int bias() {
        return 0;
    }

    /// The multipliers, as floats in the unit that [RequantizeCode] has.
    int factor() {
        return 4 * columns;
    }

    /// What the first rounding adds to a result: half a unit of the product before the shift to the
    /// right.
    int half() {
        return 8 * columns;
    }

    /// The multipliers' 31 bits.
    int significand() {
        return 12 * columns;
    }

    /// Bits to the left before the multiplication.
    int left() {
        return 16 * columns;
    }

    /// What takes back the bit by which sums of 64 bits are made positive.
    int offset() {
        return 20 * columns;
    }

    /// The halves of both roundings, and the bit that makes the sum positive: 64 bits.
    int rounding() {
        return 24 * columns;
    }

    /// What is added to negative products so that halves go down: 64 bits.
    int nudge() {
        return 32 * columns;
    }

    /// Bits to the right after the multiplication: 64 bits.
    int right() {
        return 40 * columns;
    }

    /// Where 64 bytes are the recipe's own.
    int extra() {
        return CHANNEL * columns;
    }

    /// Bytes a block.
    int bytes() {
        return CHANNEL * columns + EXTRA;
    }

    /// A vector's values in an array of 32 bits, from a lane of it on.
    Mem at(Gpr pointer, int array, int vector, int lane) {
        return Mem.at(pointer, array + 4 * (lanes * vector + lane));
    }

    /// From an array of 64 bits to the values of a vector's even, or odd, lanes.
    int longs(int vector, boolean isOdd) {
        return 8 * lanes * vector + (isOdd ? 4 * lanes : 0);
    }

    /// Fills in one channel.
    ///
    /// @param at      of the block
    /// @param column  the channel's place in the block
    /// @param channel of the map
    /// @param bias    what its sum begins with
    void put(ByteBuffer target, int at, int column, OutputRescaling rescaling, int channel, int bias) {
        var multiplier = rescaling.multiplier(channel);
        int left = Math.max(multiplier.shift(), 0);
        int right = Math.max(-multiplier.shift(), 0);
        int place = at + 4 * column;
        target.putInt(place + bias(), bias);
        target.putFloat(place + factor(), RequantizeCode.factor(multiplier));
        target.putFloat(place + half(), RequantizeCode.half(multiplier, rescaling));
        target.putInt(place + significand(), multiplier.significand());
        target.putInt(place + left(), left);
        target.putInt(place + offset(), (int) -(1L << (Integer.SIZE - right)));
        int lane = column % lanes;
        int wide = at + longs(column / lanes, (lane & 1) != 0) + 8 * (lane / 2);
        long half = 1L << (BITS - 1);
        target.putLong(wide + rounding(), Long.MIN_VALUE + half + (right > 0 ? half << right : 0));
        target.putLong(wide + nudge(), right > 0 ? -(1L << BITS) : 0);
        target.putLong(wide + right(), BITS + right);
    }

    /// Room for so many blocks, in which no channel is yet.
    ByteBuffer allocate(int blocks) {
        ByteBuffer target =
                ByteBuffer.allocate(Math.multiplyExact(blocks, bytes())).order(ByteOrder.LITTLE_ENDIAN);
        for (int block = 0; block < blocks; block++) {
            for (int column = 0; column < columns; column++) {
                target.putFloat(block * bytes() + half() + 4 * column, RequantizeCode.NO_HALF);
            }
        }
        return target;
    }
}
