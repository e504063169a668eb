package org.mobilenet4j.formats.tensorflow;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mobilenet4j.error.BadValueException;

/// A frozen graph of TensorFlow's Object Detection API, told by the names of its nodes: which nodes hold the raw
/// predictions, and where its network begins.
///
/// Photos of any size are resized in a loop over the batch; what comes out of it is the network's input here. What
/// comes
/// behind the predictions, decoding and suppression in another loop, is not read, but its constants are
/// ([PostprocessorConstants]).
///
/// @param graph with a placeholder for the resized photo
/// @param boxes the node that joins the box encodings of all feature maps
/// @param scores the node that joins their scores
record ObjectDetection(TfGraph graph, String boxes, String scores) {
    private static final String BOXES = "BoxEncodingPredictor";
    private static final String SCORES = "ClassPredictor";
    private static final String PREPROCESSOR = "Preprocessor/";

    /// What normalizes pixels, and is read as part of the network.
    private static final Set<String> ARITHMETIC =
            Set.of("Sub", "Mul", "Add", "AddV2", "RealDiv", "Div", "Identity", "Const");

    /// The most nodes between a predictor and where it is joined.
    private static final int MOST_BETWEEN = 8;

    /// Finds the parts of such a graph; empty if `graph` is none.
    ///
    /// @throws IllegalArgumentException if it is one, but its photos have no size
    static Optional<ObjectDetection> find(Proto proto, TfGraph graph) {
        var boxes = joined(graph, BOXES);
        var scores = joined(graph, SCORES);
        if (boxes.isEmpty() || scores.isEmpty()) {
            return Optional.empty();
        }
        var source = source(graph, boxes.get());
        return Optional.of(new ObjectDetection(
                source.isEmpty() ? graph : withInput(graph, source.get(), size(proto, graph)),
                boxes.get(),
                scores.get()));
    }

    /// The node that joins what predictors called `what` predict.
    private static Optional<String> joined(TfGraph graph, String what) {
        return graph.nodes().values().stream()
                .filter(node -> node.op().equals("ConcatV2")
                        && node.inputs().size() > 1
                        && node.inputs().stream()
                                .limit(node.inputs().size() - 1L)
                                .allMatch(input -> isPredicted(graph, input, what)))
                .map(TfNode::name)
                .findFirst();
    }

    private static boolean isPredicted(TfGraph graph, String input, String what) {
        var name = base(input);
        for (int i = 0; i < MOST_BETWEEN; i++) {
            if (name.contains(what)) {
                return true;
            }
            var node = graph.nodes().get(name);
            if (node == null || node.inputs().isEmpty()) {
                return false;
            }
            name = base(node.inputs().getFirst());
        }
        return false;
    }

    static String base(String input) {
        int colon = input.indexOf(':');
        return colon < 0 ? input : input.substring(0, colon);
    }

    /// The first node above `end` that prepares photos and is no arithmetic.
    private static Optional<String> source(TfGraph graph, String end) {
        var open = new ArrayDeque<>(List.of(end));
        var seen = new HashSet<>(open);
        while (!open.isEmpty()) {
            var node = graph.nodes().get(open.remove());
            if (node == null) {
                continue;
            }
            if (node.name().startsWith(PREPROCESSOR) && !ARITHMETIC.contains(node.op())) {
                return node.op().equals("Placeholder") ? Optional.empty() : Optional.of(node.name());
            }
            node.inputs().stream().map(ObjectDetection::base).filter(seen::add).forEach(open::add);
        }
        return Optional.empty();
    }

    /// The height and width to which photos are resized.
    private static List<Integer> size(Proto proto, TfGraph graph) {
        var evaluator = new TfEvaluator(proto, graph);
        var sizes = graph.nodes().values().stream()
                .filter(node -> node.name().startsWith(PREPROCESSOR)
                        && node.op().startsWith("Resize")
                        && node.inputs().size() > 1)
                .map(node -> evaluator.value(node.inputs().get(1)))
                .flatMap(Optional::stream)
                .map(constant -> constant.isWhole() ? constant.wholes() : List.<Integer>of())
                .distinct()
                .toList();
        if (sizes.size() != 1 || sizes.getFirst().size() != 2) {
            throw new BadValueException("resizes photos to " + sizes
                    + "; only detectors with one fixed size (fixed_shape_resizer) are supported");
        }
        return sizes.getFirst();
    }

    private static TfGraph withInput(TfGraph graph, String source, List<Integer> size) {
        var nodes = new LinkedHashMap<>(graph.nodes());
        var shape = shape(1, size.get(0), size.get(1), 3);
        nodes.put(source, new TfNode(source, "Placeholder", List.of(), Map.of("shape", MemorySegment.ofArray(shape))));
        return new TfGraph(nodes, graph.functions());
    }

    /// A message `AttrValue` with a shape.
    private static byte[] shape(int... dims) {
        var all = new ByteArrayOutputStream();
        for (int dim : dims) {
            var one = new ByteArrayOutputStream();
            one.write(1 << 3);
            varint(one, dim);
            field(all, 2, one.toByteArray());
        }
        var value = new ByteArrayOutputStream();
        field(value, 7, all.toByteArray());
        return value.toByteArray();
    }

    private static void field(ByteArrayOutputStream out, int number, byte[] inner) {
        out.write((number << 3) | 2);
        varint(out, inner.length);
        out.writeBytes(inner);
    }

    private static void varint(ByteArrayOutputStream out, int value) {
        int left = value;
        while ((left & ~0x7f) != 0) {
            out.write((left & 0x7f) | 0x80);
            left >>>= 7;
        }
        out.write(left);
    }
}
