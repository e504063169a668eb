package org.mobilenet4j.formats.tflite.read;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.mobilenet4j.arch.Flatten;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Requantize;
import org.mobilenet4j.arch.Sigmoid;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.formats.graph.GraphNode;
import org.mobilenet4j.formats.tflite.read.TfliteGraph.Value;
import org.mobilenet4j.formats.tflite.read.TfliteHeads.Kind;
import org.mobilenet4j.formats.tflite.read.TfliteHeads.Part;
import org.mobilenet4j.model.BoxOutputs;
import org.mobilenet4j.tensor.Shape;
import org.mobilenet4j.tensor.Tensor;

/// The end of a detector: `TFLite_Detection_PostProcess`, which is no layer, and the operators that bring box encodings
/// and scores of several feature maps to it. The network ends in these as one vector, map by map, see [BoxOutputs].
///
/// Maps are joined from the last to the first, each with all that follows it, so that the graph stays a tree.
final class TfliteDetector {
    private static final String OPERATOR = "custom operator TFLite_Detection_PostProcess";

    private final TfliteFile file;
    private final TfliteOperator end;
    private final TfliteDetectionOptions options;
    private final TfliteHeads boxes;
    private final TfliteHeads scores;

    private TfliteDetector(TfliteFile file, TfliteOperator end) {
        this.file = file;
        this.end = end;
        if (!(end.options() instanceof TfliteOptions.Custom(var bytes))) {
            throw end.odd("its options are missing");
        }
        try {
            this.options = TfliteDetectionOptions.parse(bytes);
        } catch (BadValueException e) {
            throw end.odd(String.valueOf(e.getMessage()));
        }
        this.boxes = TfliteHeads.find(file, end, 0);
        this.scores = TfliteHeads.find(file, end, 1);
    }

    /// Whether `operator` ends a detector.
    static boolean isEnd(TfliteOperator operator) {
        return operator.kind().equals(OPERATOR);
    }

    /// The end of the network in `file`, if it is a detector.
    ///
    /// @throws IllegalArgumentException if it cannot be read
    static Optional<TfliteDetector> find(TfliteFile file) {
        return file.operators().stream()
                .filter(TfliteDetector::isEnd)
                .findFirst()
                .map(end -> new TfliteDetector(file, end));
    }

    /// The operators that are read here.
    Set<TfliteOperator> operators() {
        var all = new HashSet<>(boxes.operators());
        all.addAll(scores.operators());
        all.add(end);
        return all;
    }

    /// A feature map's predictions.
    ///
    /// @param tap the tensor that they are made of
    /// @param row the number of anchors before it
    private record Head(Value boxes, Value scores, int tap, int row, int anchors) {}

    /// Appends the heads to `graph`, in which all feature maps are, and makes their vector its output.
    ///
    /// @throws IllegalArgumentException if boxes and scores do not fit together
    BoxOutputs append(TfliteGraph graph) {
        int width = file.tensors().get(end.input(1)).dims().getLast();
        int background = width - options.classes();
        if (background != 0 && background != 1) {
            throw end.odd("it has " + width + " scores of each anchor for " + options.classes() + " classes");
        }
        if (boxes.parts().size() != scores.parts().size()) {
            throw end.odd("it has boxes of " + boxes.parts().size() + " feature maps, but scores of "
                    + scores.parts().size());
        }
        var meaning = meaning();
        var heads = heads(graph, width);
        joined(graph, heads);
        return new BoxOutputs(
                heads.stream().map(Head::anchors).toList(),
                anchors(graph, heads),
                options.scales(),
                options.classes(),
                background == 1,
                meaning,
                options.limits());
    }

    /// What is left to do with the scores: what the file does with floats is left to post-processing.
    private BoxOutputs.Scores meaning() {
        var ends = scores.parts().stream()
                .map(part -> part.steps().stream()
                        .filter(step -> step.kind() == Kind.SIGMOID || step.kind() == Kind.SOFTMAX)
                        .filter(step -> isFloat(step.tensor()))
                        .map(TfliteHeads.Step::kind)
                        .toList())
                .distinct()
                .toList();
        if (ends.equals(List.of(List.of()))) {
            return BoxOutputs.Scores.PROBABILITIES;
        }
        if (ends.equals(List.of(List.of(Kind.SIGMOID)))) {
            return BoxOutputs.Scores.LOGITS;
        }
        if (ends.equals(List.of(List.of(Kind.SOFTMAX)))) {
            return BoxOutputs.Scores.EXCLUSIVE_LOGITS;
        }
        throw end.odd("its scores are made by " + ends + "; only one sigmoid or softmax of all is supported");
    }

    private boolean isFloat(int tensor) {
        return !file.tensors().get(tensor).isQuantizedMap();
    }

    private List<Head> heads(TfliteGraph graph, int width) {
        var heads = new ArrayList<Head>();
        int row = 0;
        for (int i = 0; i < boxes.parts().size(); i++) {
            var box = vector(graph, boxes.parts().get(i));
            var score = vector(graph, scores.parts().get(i));
            int anchors = box.shape().elements() / BoxOutputs.VALUES;
            if (anchors * BoxOutputs.VALUES != box.shape().elements()
                    || (long) anchors * width != score.shape().elements()) {
                throw end.odd("feature map " + (i + 1) + " has " + box.shape().elements() + " values of boxes and "
                        + score.shape().elements() + " scores, which are not 4 and " + width + " for each anchor");
            }
            heads.add(new Head(box, score, tap(boxes.parts().get(i).map()), row, anchors));
            row += anchors;
        }
        return heads.stream()
                .sorted(Comparator.comparingInt(head -> graph.value(head.tap()).id()))
                .toList();
    }

    /// The tensor that a head reads, and others too.
    private int tap(int map) {
        int tensor = map;
        for (int i = 0; i < file.operators().size(); i++) {
            int now = tensor;
            var producer = file.operators().stream()
                    .filter(operator -> operator.outputs().contains(now))
                    .findFirst();
            if (producer.isEmpty() || (tensor != map && file.readers(tensor).size() > 1)) {
                break;
            }
            tensor = producer.get().input(0);
        }
        return tensor;
    }

    /// The values of a map in one line, after all that is done to them in integers.
    private Value vector(TfliteGraph graph, Part part) {
        var value = graph.value(part.map());
        int tensor = part.map();
        for (var step : part.steps()) {
            if (isFloat(step.tensor())) {
                continue;
            }
            var before = file.tensors().get(tensor);
            var after = file.tensors().get(step.tensor());
            tensor = step.tensor();
            if (step.kind() == Kind.SOFTMAX) {
                throw end.odd("its scores are a softmax of integers; only a sigmoid, or a softmax of floats, is"
                        + " supported");
            }
            if (step.kind() == Kind.SIGMOID) {
                value = graph.append(value, new Sigmoid(graph.names().first("sigmoid")), after);
            } else if (!before.stored().meansTheSameAs(after.stored())) {
                value = graph.append(
                        value, new Requantize(graph.names().first("requantize"), step.kind() == Kind.JOIN), after);
            }
        }
        var flat = new Flatten(graph.names().first("flatten"));
        return value.shape().pixels() == 1
                ? value
                : graph.append(GraphNode.of(flat.name(), value.id(), flat), flat.outputShape(value.shape()));
    }

    private void joined(TfliteGraph graph, List<Head> heads) {
        var names = IntStream.range(0, heads.size())
                .mapToObj(_ -> graph.names().first("outputs"))
                .toList();
        Value all = null;
        for (int i = heads.size() - 1; i >= 0; i--) {
            var branches =
                    new ArrayList<>(List.of(heads.get(i).boxes(), heads.get(i).scores()));
            if (all != null) {
                branches.add(all);
            }
            long values = branches.stream()
                    .mapToLong(branch -> branch.shape().channels())
                    .sum();
            var ids = branches.stream().map(Value::id).toList();
            all = graph.append(
                    GraphNode.joining(names.get(i), Parallel.Join.CONCATENATE, ids),
                    Shape.vector(Math.toIntExact(values)));
        }
        if (all != null) {
            graph.alias(file.output(), all);
        }
    }

    /// The anchors in the order of `heads`.
    private Tensor anchors(TfliteGraph graph, List<Head> heads) {
        var given = graph.tensor(end.input(2)).weights(0);
        int count = heads.stream().mapToInt(Head::anchors).sum();
        if (!given.dims().equals(List.of(count, BoxOutputs.VALUES))) {
            throw end.odd("its anchors are " + Tensor.text(given.dims()) + " for " + count + " boxes");
        }
        var values = new float[given.size()];
        int at = 0;
        for (var head : heads) {
            int size = head.anchors() * BoxOutputs.VALUES;
            given.copyTo(head.row() * BoxOutputs.VALUES, values, at, size);
            at += size;
        }
        return Tensor.of(values, count, BoxOutputs.VALUES);
    }
}
