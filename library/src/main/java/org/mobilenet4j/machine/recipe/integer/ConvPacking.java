package org.mobilenet4j.machine.recipe.integer;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import org.mobilenet4j.kernel.WeightRows;
import org.mobilenet4j.kernel.layout.ConvShape;
import org.mobilenet4j.machine.Isa;

/// Packs a convolution's weights, `[groups][panels][steps][columns]` and a step's bytes of each, or its
/// words where there are no dot products of bytes; what is behind a group's last output is 0.
///
/// Weights from -255 to 255 do not all fit a signed byte. What is left of those that do not makes steps
/// of its own, which lie behind all weights: for each panel, the distances of their inputs from the
/// window and their weights.
final class ConvPacking {
    private static final int LINE = 64;

    private final ByteConv conv;
    private final ConvShape shape;
    private final WindowSteps steps;
    private final ChannelParameters layout;
    private final boolean areBytes;

    ConvPacking(ByteConv conv, Isa isa) {
        this.conv = conv;
        this.shape = conv.shape();
        this.steps = WindowSteps.of(shape);
        this.layout = ByteTile.parameters(shape, isa);
        this.areBytes = isa == Isa.AVX512_VNNI;
    }

    /// Output channels a panel.
    int columns() {
        return layout.columns();
    }

    /// Panels a group.
    int panels() {
        return Math.ceilDiv(shape.groupOutputs(), columns());
    }

    /// Bytes of a panel's weights.
    int panelBytes() {
        return Math.multiplyExact(steps.all(), stepBytes());
    }

    private int stepBytes() {
        return (areBytes ? 4 : 8) * columns();
    }

    /// Bytes of a panel's parameters.
    int parameterBytes() {
        return layout.bytes();
    }

    PackedConv pack(WeightRows rows) {
        int panels = shape.groups() * panels();
        int channels = shape.out().shape().channels();
        var weights = new int[Math.multiplyExact(panels, panelBytes()) / 4];
        var rests = new Rests(panels);
        var sums = new int[channels];
        var row = new float[channels];
        for (int i = 0; i < shape.kernelRows(); i++) {
            rows.copy(i, row, 0);
            int place = steps.place(i);
            int byteOfStep = place % WindowSteps.GROUP;
            // Bytes make one integer of a column; words two, of the step's even and of its odd inputs.
            int bits = areBytes ? Byte.SIZE : Short.SIZE;
            int shift = areBytes ? Byte.SIZE * byteOfStep : Short.SIZE * (byteOfStep / 2);
            int inPanel = place / WindowSteps.GROUP * stepBytes() / 4 + (areBytes ? 0 : byteOfStep % 2 * columns());
            int outside = 0;
            for (int panel = 0; panel < panels; panel++) {
                int start = panel * panelBytes() / 4 + inPanel;
                outside |= add(row, first(panel), count(panel), sums, weights, start, shift, bits);
            }
            if (outside != 0) {
                rests.add(row, place);
            }
        }
        ByteBuffer parameters = layout.allocate(panels);
        for (int panel = 0; panel < panels; panel++) {
            for (int c = 0; c < count(panel); c++) {
                int channel = first(panel) + c;
                int bias = conv.rescaling().bias(channel) - conv.zeroIn() * sums[channel];
                layout.put(parameters, panel * layout.bytes(), c, conv.rescaling(), channel, bias);
            }
        }
        int[] all = rests.append(weights, parameters);
        var anyRests = new BitSet();
        anyRests.set(0, all.length > weights.length);
        return new PackedConv(MemorySegment.ofArray(all), MemorySegment.ofBuffer(parameters), anyRests);
    }

    /// A panel's first channel.
    private int first(int panel) {
        return panel / panels() * shape.groupOutputs() + panel % panels() * columns();
    }

    /// How many outputs a panel has.
    private int count(int panel) {
        return Math.min(columns(), shape.groupOutputs() - panel % panels() * columns());
    }

    /// Adds what fits of a panel's weights to its columns, and all to the sums; the result is not 0 if
    /// some do not fit. Written so that the JIT makes vectors of it.
    private static int add(float[] row, int from, int count, int[] sums, int[] target, int start, int shift, int bits) {
        int most = (1 << (bits - 1)) - 1;
        int mask = 2 * most + 1;
        int outside = 0;
        for (int i = 0; i < count; i++) {
            int weight = (int) row[from + i];
            int fitting = Math.min(Math.max(weight, -most - 1), most);
            sums[from + i] += weight;
            outside |= weight ^ fitting;
            target[start + i] |= (fitting & mask) << shift;
        }
        return outside;
    }

    /// Steps of each panel, of which there are few: only steps that have such weights.
    private final class Rests {
        /// Of each panel, its steps' weights one after the other, and their inputs' distances.
        private final int[][] weights;
        private final int[][] distances;
        private final int[] counts;

        Rests(int panels) {
            weights = new int[panels][0];
            distances = new int[panels][0];
            counts = new int[panels];
        }

        /// What is left of a row's weights.
        void add(float[] row, int place) {
            boolean areSingle = ProductSteps.restBytes(steps) == 1;
            int step = place / WindowSteps.GROUP;
            int at = steps.offset(step) + (areSingle ? place % WindowSteps.GROUP : 0);
            for (int panel = 0; panel < weights.length; panel++) {
                for (int c = 0; c < count(panel); c++) {
                    int weight = (int) row[first(panel) + c];
                    int rest = weight - Math.clamp(weight, Byte.MIN_VALUE, Byte.MAX_VALUE);
                    // 255 leaves 128, which is one too many as well.
                    for (int turn = 0; rest != 0; turn++) {
                        int part = Math.clamp(rest, Byte.MIN_VALUE, Byte.MAX_VALUE);
                        int shift = areSingle ? 0 : place % WindowSteps.GROUP * Byte.SIZE;
                        int index = index(panel, at, turn);
                        weights[panel][index * columns() + c] |= Byte.toUnsignedInt((byte) part) << shift;
                        rest -= part;
                    }
                }
            }
        }

        /// The place among the panel's steps of the one that reads there, for the `turn`th time.
        private int index(int panel, int at, int turn) {
            int count = counts[panel];
            int found = 0;
            for (int i = 0; i < count; i++) {
                if (distances[panel][i] == at && found++ == turn) {
                    return i;
                }
            }
            if (count == distances[panel].length) {
                int room = Math.max(4, 2 * count);
                distances[panel] = Arrays.copyOf(distances[panel], room);
                weights[panel] = Arrays.copyOf(weights[panel], Math.multiplyExact(room, columns()));
            }
            distances[panel][count] = at;
            return counts[panel]++;
        }

        /// The weights with these steps behind them, and where they are in the parameters.
        int[] append(int[] main, ByteBuffer parameters) {
            int size = 4 * main.length;
            for (int panel = 0; panel < weights.length; panel++) {
                size += counts[panel] * stepBytes() + aligned(4 * counts[panel]);
            }
            if (size == 4 * main.length) {
                return main;
            }
            int[] all = Arrays.copyOf(main, size / 4);
            int at = 4 * main.length;
            for (int panel = 0; panel < weights.length; panel++) {
                int table = panel * layout.bytes() + layout.extra();
                int begin = panel * panelBytes();
                parameters.putInt(table, at - begin);
                System.arraycopy(weights[panel], 0, all, at / 4, counts[panel] * columns());
                at += counts[panel] * stepBytes();
                parameters.putInt(table + 4, at - begin);
                parameters.putInt(table + 8, counts[panel]);
                System.arraycopy(distances[panel], 0, all, at / 4, counts[panel]);
                at += aligned(4 * counts[panel]);
            }
            return all;
        }

        private static int aligned(int bytes) {
            return Math.ceilDiv(bytes, LINE) * LINE;
        }
    }
}
