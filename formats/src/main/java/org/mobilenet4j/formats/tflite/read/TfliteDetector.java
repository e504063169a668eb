package org.mobilenet4j.formats.tflite.read;

import java.lang.foreign.MemorySegment;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.arch.Requantize;
import org.mobilenet4j.arch.Sigmoid;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.formats.file.AnchorsBeside;
import org.mobilenet4j.formats.graph.AssumedBoxes;
import org.mobilenet4j.formats.graph.Heads;
import org.mobilenet4j.formats.graph.NetworkBuilder;
import org.mobilenet4j.formats.tflite.read.TfliteGraph.Value;
import org.mobilenet4j.formats.tflite.read.TfliteHeads.Kind;
import org.mobilenet4j.formats.tflite.read.TfliteHeads.Part;
import org.mobilenet4j.model.BoxOutputs;
import org.mobilenet4j.tensor.Shape;
import org.mobilenet4j.tensor.Tensor;

/// The end of a detector: `TFLite_Detection_PostProcess`, which is no layer, and the operators that bring box encodings
/// and scores of several feature maps to it, or make outputs of them. The network ends in these as one vector, map by
/// map, see [BoxOutputs].
final class TfliteDetector {
    private static final int ROWS_RANK = 3;
    private static final String OPERATOR = "custom operator TFLite_Detection_PostProcess";

    private final TfliteFile file;
    private final TfliteOperator end;
    private final @Nullable TfliteDetectionOptions options;
    private final TfliteHeads boxes;
    private final TfliteHeads scores;

    private TfliteDetector(TfliteFile file, TfliteOperator end, @Nullable TfliteDetectionOptions options) {
        this.file = file;
        this.end = end;
        this.options = options;
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
                .map(end -> new TfliteDetector(file, end, options(end)))
                .or(() -> withoutEnd(file));
    }

    private static TfliteDetectionOptions options(TfliteOperator end) {
        if (!(end.options() instanceof TfliteOptions.Custom(var bytes))) {
            throw end.odd("its options are missing");
        }
        try {
            return TfliteDetectionOptions.parse(bytes);
        } catch (BadValueException e) {
            throw end.odd(String.valueOf(e.getMessage()));
        }
    }

    /// A detector whose outputs are its predictions: the operator stands for what other programs do with them.
    private static Optional<TfliteDetector> withoutEnd(TfliteFile file) {
        if (!areRaw(file.outputs(), file.tensors())) {
            return Optional.empty();
        }
        var outputs = file.outputs();
        boolean isSecond = isBoxes(file.tensors().get(outputs.get(1)))
                && !(isBoxes(file.tensors().get(outputs.get(0)))
                        && file.tensors().get(outputs.get(0)).name().matches("(?i).*(box|loc|enc|reg).*"));
        var inputs = isSecond ? outputs.reversed() : outputs;
        var end = new TfliteOperator(
                file.operators().size(), "the end", inputs, List.of(), new TfliteOptions.Custom(MemorySegment.NULL));
        return Optional.of(new TfliteDetector(file, end, null));
    }

    /// Whether `outputs` are box encodings, `1 x anchors x 4`, and scores, `1 x anchors x classes`.
    static boolean areRaw(List<Integer> outputs, List<TfliteTensor> tensors) {
        if (outputs.size() != 2) {
            return false;
        }
        var one = tensors.get(outputs.get(0));
        var other = tensors.get(outputs.get(1));
        return one.dims().size() == ROWS_RANK
                && other.dims().size() == ROWS_RANK
                && one.dims().get(1).equals(other.dims().get(1))
                && (isBoxes(one) || isBoxes(other));
    }

    private static boolean isBoxes(TfliteTensor tensor) {
        return tensor.dims().getLast() == BoxOutputs.VALUES;
    }

    /// The operators that are read here.
    Set<TfliteOperator> operators() {
        var all = new HashSet<>(boxes.operators());
        all.addAll(scores.operators());
        all.add(end);
        return all;
    }

    /// Appends the heads to `graph`, in which all feature maps are, and makes their vector its output.
    ///
    /// @throws IllegalArgumentException if boxes and scores do not fit together
    Heads append(TfliteGraph graph) {
        int width = file.tensors().get(end.input(1)).dims().getLast();
        int background = options == null ? 1 : width - options.classes();
        if (background != 0 && background != 1) {
            throw end.odd("it has " + width + " scores of each anchor for "
                    + Objects.requireNonNull(options).classes() + " classes");
        }
        var heads = Heads.of(graph.nodes(), values(graph, boxes), values(graph, scores), width);
        int id = heads.append(graph.nodes(), graph.names()::first);
        graph.alias(file.output(), new Value(id, Shape.vector(heads.count() * (BoxOutputs.VALUES + width))));
        return heads;
    }

    private List<NetworkBuilder.Value> values(TfliteGraph graph, TfliteHeads found) {
        return found.parts().stream()
                .map(part -> integers(graph, part))
                .map(value -> new NetworkBuilder.Value(value.id(), value.shape()))
                .toList();
    }

    /// How boxes come out of `heads`.
    ///
    /// @param beside anchors from elsewhere, for a file without post-processing
    /// @param notes that get what is assumed
    /// @throws IllegalArgumentException if there are no anchors, or they do not fit
    BoxOutputs boxes(TfliteGraph graph, Heads heads, Optional<Tensor> beside, Map<String, String> notes) {
        if (options == null) {
            return AssumedBoxes.of(heads, beside, AnchorsBeside.NAME + " beside the file", meaning(graph), notes);
        }
        return new BoxOutputs(
                heads.maps(),
                heads.ordered(graph.tensor(end.input(2)).weights(0)),
                options.scales(),
                options.classes(),
                heads.width() > options.classes(),
                meaning(graph).orElse(BoxOutputs.Scores.PROBABILITIES),
                options.limits());
    }

    /// What is left to do with the scores: what the file does with floats is left to post-processing. Empty if nothing
    /// makes probabilities of them.
    private Optional<BoxOutputs.Scores> meaning(TfliteGraph graph) {
        var ends = scores.parts().stream()
                .map(part -> part.steps().stream()
                        .filter(step -> step.kind() == Kind.SIGMOID || step.kind() == Kind.SOFTMAX)
                        .map(step -> isFloat(step.tensor()) ? step.kind() : Kind.QUANTIZE)
                        .toList())
                .distinct()
                .toList();
        if (ends.equals(List.of(List.of()))) {
            return graph.endsInProbabilities(scores.parts().getFirst().map())
                    ? Optional.of(BoxOutputs.Scores.PROBABILITIES)
                    : Optional.empty();
        }
        if (ends.equals(List.of(List.of(Kind.QUANTIZE)))) {
            return Optional.of(BoxOutputs.Scores.PROBABILITIES);
        }
        if (ends.equals(List.of(List.of(Kind.SIGMOID)))) {
            return Optional.of(BoxOutputs.Scores.LOGITS);
        }
        if (ends.equals(List.of(List.of(Kind.SOFTMAX)))) {
            return Optional.of(BoxOutputs.Scores.EXCLUSIVE_LOGITS);
        }
        throw end.odd("its scores are made by " + ends + "; only one sigmoid or softmax of all is supported");
    }

    private boolean isFloat(int tensor) {
        return !file.tensors().get(tensor).isQuantizedMap();
    }

    /// The values of a map after all that is done to them in integers.
    private Value integers(TfliteGraph graph, Part part) {
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
        return value;
    }
}
