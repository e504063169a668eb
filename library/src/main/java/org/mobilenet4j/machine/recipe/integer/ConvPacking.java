package org.mobilenet4j.machine.recipe.integer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
        this.steps = WindowSteps.of(shape, isa);
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
        return 4 * columns();
    }

    /// Bytes of a panel's parameters.
    int parameterBytes() {
        return layout.bytes();
    }

    PackedConv pack(WeightRows rows) {
        int panels = shape.groups() * panels();
        int channels = shape.out().shape().channels();
        var weights = new byte[Math.multiplyExact(panels, panelBytes())];
        var rests = new Rests(panels);
        var sums = new int[channels];
        var row = new float[channels];
        int unit = 4 / steps.group();
        for (int i = 0; i < shape.kernelRows(); i++) {
            rows.copy(i, row, 0);
            int place = steps.place(i);
            int at = place / steps.group() * stepBytes() + place % steps.group() * unit;
            boolean fits = true;
            for (int panel = 0; panel < panels; panel++) {
                int from = first(panel);
                int to = from + count(panel);
                int start = panel * panelBytes() + at;
                fits &= areBytes
                        ? bytes(row, from, to, sums, weights, start)
                        : words(row, from, to, sums, weights, start);
            }
            if (!fits) {
                rests.add(row, i, place);
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
        byte[] all = rests.append(weights, parameters);
        var anyRests = new BitSet();
        anyRests.set(0, all.length > weights.length);
        return new PackedConv(all, parameters.array(), anyRests);
    }

    /// A panel's first channel.
    private int first(int panel) {
        return panel / panels() * shape.groupOutputs() + panel % panels() * columns();
    }

    /// How many outputs a panel has.
    private int count(int panel) {
        return Math.min(columns(), shape.groupOutputs() - panel % panels() * columns());
    }

    /// Puts what fits of these weights to every fourth byte; whether all do.
    private static boolean bytes(float[] row, int from, int to, int[] sums, byte[] target, int start) {
        boolean fits = true;
        int at = start;
        for (int i = from; i < to; i++) {
            int weight = (int) row[i];
            sums[i] += weight;
            int clamped = Math.clamp(weight, Byte.MIN_VALUE, Byte.MAX_VALUE);
            fits &= clamped == weight;
            target[at] = (byte) clamped;
            at += 4;
        }
        return fits;
    }

    /// Puts these weights to every second word, which they fit.
    private static boolean words(float[] row, int from, int to, int[] sums, byte[] target, int start) {
        int at = start;
        for (int i = from; i < to; i++) {
            int weight = (int) row[i];
            sums[i] += weight;
            target[at] = (byte) weight;
            target[at + 1] = (byte) (weight >> 8);
            at += 4;
        }
        return true;
    }

    /// Steps of each panel, of which there are few: only steps that have such weights.
    private final class Rests {
        /// Of each panel, its steps' weights one after the other, and their inputs' distances.
        private final byte[][] weights;
        private final int[][] distances;
        private final int[] counts;

        Rests(int panels) {
            weights = new byte[panels][0];
            distances = new int[panels][0];
            counts = new int[panels];
        }

        /// What is left of a row's weights.
        void add(float[] row, int kernelRow, int place) {
            boolean areSingle = ProductSteps.restBytes(steps) == 1;
            int step = place / steps.group();
            int at = steps.offset(step) + (areSingle ? place % steps.group() : 0);
            for (int panel = 0; panel < weights.length; panel++) {
                for (int c = 0; c < count(panel); c++) {
                    int weight = (int) row[first(panel) + c];
                    int rest = weight - Math.clamp(weight, Byte.MIN_VALUE, Byte.MAX_VALUE);
                    // 255 leaves 128, which is one too many as well.
                    for (int turn = 0; rest != 0; turn++) {
                        int part = Math.clamp(rest, Byte.MIN_VALUE, Byte.MAX_VALUE);
                        int inStep = areSingle ? 0 : place % steps.group();
                        int index = index(panel, at, turn);
                        weights[panel][index * stepBytes() + 4 * c + inStep] = (byte) part;
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
                weights[panel] = Arrays.copyOf(weights[panel], Math.multiplyExact(room, stepBytes()));
            }
            distances[panel][count] = at;
            return counts[panel]++;
        }

        /// The weights with these steps behind them, and where they are in the parameters.
        byte[] append(byte[] main, ByteBuffer parameters) {
            int size = main.length;
            for (int panel = 0; panel < weights.length; panel++) {
                size += counts[panel] * stepBytes() + aligned(4 * counts[panel]);
            }
            if (size == main.length) {
                return main;
            }
            ByteBuffer all = ByteBuffer.wrap(Arrays.copyOf(main, size)).order(ByteOrder.LITTLE_ENDIAN);
            int at = main.length;
            for (int panel = 0; panel < weights.length; panel++) {
                int table = panel * layout.bytes() + layout.extra();
                int begin = panel * panelBytes();
                parameters.putInt(table, at - begin);
                all.put(at, weights[panel], 0, counts[panel] * stepBytes());
                at += counts[panel] * stepBytes();
                parameters.putInt(table + 4, at - begin);
                parameters.putInt(table + 8, counts[panel]);
                for (int i = 0; i < counts[panel]; i++) {
                    all.putInt(at + 4 * i, distances[panel][i]);
                }
                at += aligned(4 * counts[panel]);
            }
            return all.array();
        }

        private static int aligned(int bytes) {
            return Math.ceilDiv(bytes, LINE) * LINE;
        }
    }
}
