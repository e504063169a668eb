package org.mobilenet4j.machine.recipe.integer;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.BitSet;
import org.mobilenet4j.kernel.WeightRows;
import org.mobilenet4j.machine.Isa;

/// Packs a depthwise convolution's weights, `[blocks][parts][groups of taps][4 vectors]` with a group's
/// taps of each channel, in the order in which interleaving leaves channels; what is behind the last
/// channel is 0.
///
/// Weights from -255 to 255 that do not fit a signed byte are sums of two or three of them: parts.
final class DepthwisePacking {
    /// Vectors that bytes become.
    static final int VECTORS = 4;

    /// Channels that one vector has in a row.
    private static final int ROW = 4;

    private final ByteConv conv;
    private final DepthwiseTaps taps;
    private final boolean areBytes;
    private final ChannelParameters layout;

    DepthwisePacking(ByteConv conv, Isa isa) {
        this.conv = conv;
        this.taps = DepthwiseTaps.of(conv.shape(), isa);
        this.areBytes = isa == Isa.AVX512_VNNI;
        this.layout = parameters(isa);
    }

    /// Vectors that so many bytes become: fewer if there are not even enough for 128 bits.
    static int vectors(int channels) {
        return Math.min(VECTORS, Math.ceilDiv(channels, ROW));
    }

    static ChannelParameters parameters(Isa isa) {
        return new ChannelParameters(isa.width().bytes(), isa.width().floats());
    }

    /// Channels a block: a vector of bytes.
    int channels() {
        return layout.columns();
    }

    int blocks() {
        return Math.ceilDiv(conv.shape().out().shape().channels(), channels());
    }

    /// Bytes of a group of taps, for a block.
    int groupBytes() {
        return 4 * channels();
    }

    /// Bytes of a part of a block's weights.
    int partBytes() {
        return Math.multiplyExact(taps.all(), groupBytes());
    }

    /// The place of a block's channel among the lanes of all vectors.
    private int column(int channel) {
        int row = channel / ROW;
        return row % VECTORS * layout.lanes() + row / VECTORS * ROW + channel % ROW;
    }

    PackedConv pack(WeightRows rows) {
        int channels = conv.shape().out().shape().channels();
        int count = taps.window().taps();
        var kernel = new float[Math.multiplyExact(count, channels)];
        for (int tap = 0; tap < count; tap++) {
            rows.copy(tap, kernel, tap * channels);
        }
        int parts = areBytes ? parts(kernel) : 1;
        var rests = new BitSet();
        var weights = new byte[Math.multiplyExact(blocks() * parts, partBytes())];
        var sums = new int[channels];
        for (int tap = 0; tap < count; tap++) {
            for (int row = 0; row < taps.rows(); row++) {
                place(kernel, tap, row, parts, weights, rests);
            }
            for (int channel = 0; channel < channels; channel++) {
                sums[channel] += (int) kernel[tap * channels + channel];
            }
        }
        ByteBuffer parameters = layout.allocate(blocks());
        for (int c = 0; c < channels; c++) {
            int bias = conv.rescaling().bias(c) - conv.zeroIn() * sums[c];
            int block = c / channels();
            layout.put(parameters, block * layout.bytes(), column(c % channels()), conv.rescaling(), c, bias);
        }
        return new PackedConv(MemorySegment.ofArray(weights), MemorySegment.ofBuffer(parameters), rests);
    }

    /// How many bytes weights are sums of, at most.
    int parts(BitSet rests) {
        return rests.isEmpty() ? 1 : 2 + (rests.length() - 1) / (VECTORS * taps.all());
    }

    /// Whether any block has rests in these groups' vector of channels.
    boolean hasRests(BitSet rests, int part, int firstGroup, int endGroup, int vector) {
        for (int group = firstGroup; group < endGroup; group++) {
            if (rests.get(bit(part, group, vector))) {
                return true;
            }
        }
        return false;
    }

    private int bit(int part, int group, int vector) {
        return ((part - 1) * taps.all() + group) * VECTORS + vector;
    }

    private static int parts(float[] kernel) {
        int parts = 1;
        for (float weight : kernel) {
            parts = Math.max(parts, weight > 2 * Byte.MAX_VALUE ? 3 : weight != (byte) weight ? 2 : 1);
        }
        return parts;
    }

    /// A tap's weights, for one of the rows of outputs that share groups.
    private void place(float[] kernel, int tap, int row, int parts, byte[] target, BitSet rests) {
        int channels = conv.shape().out().shape().channels();
        int width = taps.window().width();
        int inColumn = tap / width + row;
        int group = taps.index(row, inColumn / taps.group(), tap % width);
        int unit = 4 / taps.group();
        for (int c = 0; c < channels; c++) {
            int at = c / channels() * parts * partBytes()
                    + group * groupBytes()
                    + 4 * column(c % channels())
                    + inColumn % taps.group() * unit;
            int weight = (int) kernel[tap * channels + c];
            if (areBytes) {
                for (int part = 0; part < parts; part++) {
                    int fitting = Math.clamp(weight, Byte.MIN_VALUE, Byte.MAX_VALUE);
                    target[at + part * partBytes()] = (byte) fitting;
                    if (part > 0 && fitting != 0) {
                        rests.set(bit(part, group, c % channels() / ROW % VECTORS));
                    }
                    weight -= fitting;
                }
            } else {
                target[at] = (byte) weight;
                target[at + 1] = (byte) (weight >> 8);
            }
        }
    }
}
