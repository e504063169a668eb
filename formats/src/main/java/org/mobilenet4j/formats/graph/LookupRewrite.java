package org.mobilenet4j.formats.graph;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.ActivationQuantization;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Quantization;
import org.mobilenet4j.tensor.Tensor;

/// Makes a layer of arithmetic with constants in a quantized network: a depthwise convolution of one tap that gives the
/// same integer for every integer, or nothing at the input if only the scale changes.
final class LookupRewrite {
    private static final ValueLayout.OfInt INT32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final Window POINT = Window.square(1, 1, Padding.SAME);

    /// Limit far above the channels of any network.
    private static final int MAX_TABLES = 1 << 12;

    private LookupRewrite() {}

    /// Moves what operation `id` computes, and the one before it, into one table, where that can still become a layer.
    static void join(GraphEditor graph, int id) {
        var node = graph.node(id);
        int before = graph.before(id);
        if (before > Node.INPUT
                && node.idiom() instanceof Idiom.Lookup lookup
                && graph.node(before).idiom() instanceof Idiom.Lookup earlier) {
            var joined = lookup.table().after(earlier.table());
            if (joined.isRelabeling() || lines(joined).isPresent()) {
                graph.set(before, graph.node(before).withIdiom(null));
                graph.set(id, node.withIdiom(new Idiom.Lookup(joined, lookup.channels())));
            }
        }
    }

    /// Makes a layer of what operation `id` computes.
    ///
    /// @return the new quantization of the input, if it changed
    /// @throws IllegalArgumentException if no layer gives the same integers
    static Optional<ActivationQuantization> lower(GraphEditor graph, int id) {
        var node = graph.node(id);
        if (!(node.idiom() instanceof Idiom.Lookup(StoredTable table, int channels))) {
            return Optional.empty();
        }
        if (graph.before(id) == Node.INPUT && table.isRelabeling()) {
            graph.set(id, node.withIdiom(null));
            return Optional.of(table.to());
        }
        var lines = lines(table)
                .orElseThrow(() -> new BadValueException(node.name()
                        + " computes with a constant in integers, and no layer gives the same integers; convert the"
                        + " model without that operator, or with floats"));
        var scales = new float[channels];
        for (int c = 0; c < channels; c++) {
            scales[c] = StoredLine.scale(table, lines.get(c % lines.size()).step());
        }
        graph.weight(node.name(), "depthwise_kernel", kernel(lines, scales));
        graph.weight(node.name(), "bias", bias(table, lines, scales));
        graph.set(
                id,
                GraphNode.of(node.name(), node.inputs().getFirst(), new DepthwiseConv(node.name(), POINT, 1, true)));
        return Optional.empty();
    }

    /// A line for each table of `table`; empty if one has none.
    private static Optional<List<StoredLine>> lines(StoredTable table) {
        if (table.channels() > MAX_TABLES) {
            throw new BadValueException(
                    "computes with " + table.channels() + " constants in integers; the limit is " + MAX_TABLES);
        }
        var lines = new ArrayList<StoredLine>();
        for (int c = 0; c < table.channels(); c++) {
            var line = StoredLine.of(table, c);
            if (line.isEmpty()) {
                return Optional.empty();
            }
            lines.add(line.get());
        }
        return Optional.of(lines);
    }

    private static Tensor kernel(List<StoredLine> lines, float[] scales) {
        var stored = new byte[scales.length];
        for (int c = 0; c < stored.length; c++) {
            stored[c] = (byte) lines.get(c % lines.size()).kernel();
        }
        return Tensor.of(
                MemorySegment.ofArray(stored),
                ElementType.INT8,
                List.of(1, 1, stored.length, 1),
                Quantization.perChannel(scales, new int[scales.length]));
    }

    private static Tensor bias(StoredTable table, List<StoredLine> lines, float[] scales) {
        var stored = MemorySegment.ofArray(new byte[Math.multiplyExact(scales.length, Integer.BYTES)]);
        var products = new float[scales.length];
        for (int c = 0; c < scales.length; c++) {
            stored.setAtIndex(INT32, c, lines.get(c % lines.size()).bias());
            products[c] = table.from().scale() * scales[c];
        }
        return Tensor.of(
                stored,
                ElementType.INT32,
                List.of(scales.length),
                Quantization.perChannel(products, new int[scales.length]));
    }
}
