package org.mobilenet4j.formats.tflite.read;

import java.util.List;
import java.util.stream.IntStream;
import org.mobilenet4j.arch.ChannelShuffle;
import org.mobilenet4j.arch.Flatten;
import org.mobilenet4j.formats.graph.GraphNode;
import org.mobilenet4j.formats.graph.MapView;
import org.mobilenet4j.tensor.Tensor;

/// Reads the operators of a TFLite file that compute nothing: values get other dimensions or another order.
final class TfliteMoves {
    private final TfliteGraph graph;

    TfliteMoves(TfliteGraph graph) {
        this.graph = graph;
    }

    /// `RESHAPE`, `SQUEEZE` or `EXPAND_DIMS`.
    void reshape(TfliteOperator op) {
        var shuffle = TfliteShuffle.find(graph.file(), op);
        if (shuffle != null) {
            moveChannels(op, shuffle);
            return;
        }
        var from = graph.inputOf(op).shape();
        var to = graph.tensor(op.output());
        if (MapView.isFlat(to.dims(), from) && from.pixels() > 1) {
            graph.append(op, new Flatten(graph.names().first("flatten")));
        } else if (MapView.shows(to.dims(), from)) {
            move(op);
        } else if (graph.isFirst(op)
                && to.dims().size() == 4
                && to.shape().elements() == from.elements()
                && from.pixels() == 1) {
            graph.maps().checkSame(graph.tensor(op.input(0)), to);
            graph.reshapeInput(op, to.shape());
        } else {
            throw op.odd("it reshapes " + from + " to " + Tensor.text(to.dims())
                    + "; only flattening, and what changes nothing, is supported");
        }
    }

    private void moveChannels(TfliteOperator op, TfliteShuffle shuffle) {
        var shuffled = new ChannelShuffle(graph.names().first("shuffle"), shuffle.groups());
        var input = graph.inputOf(op);
        for (var part : List.of(op, shuffle.transpose(), shuffle.last())) {
            graph.maps().checkSame(graph.tensor(part.input(0)), graph.tensor(part.output()));
        }
        graph.taken().add(shuffle.transpose());
        graph.taken().add(shuffle.last());
        graph.append(shuffle.last(), GraphNode.of(op.toString(), input.id(), shuffled), input.shape());
    }

    /// `TRANSPOSE`, which may only move dimensions of one.
    void transpose(TfliteOperator op) {
        var permutation = graph.tensor(op.input(1)).constant().wholes();
        var dims = graph.tensor(op.input(0)).dims();
        boolean isValid = permutation.stream().sorted().toList().equals(places(dims.size()));
        if (!isValid || !MapView.keepsOrder(dims, permutation)) {
            throw op.odd("it moves values, and is not part of a channel shuffle; it is supported only there");
        }
        move(op);
    }

    private static List<Integer> places(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    /// An operator that leaves all values where they are.
    private void move(TfliteOperator op) {
        graph.maps().checkSame(graph.tensor(op.input(0)), graph.tensor(op.output()));
        graph.alias(op.output(), graph.inputOf(op));
    }
}
