package org.mobilenet4j.formats.tensorflow;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.formats.file.AnchorsBeside;
import org.mobilenet4j.formats.file.FileStart;
import org.mobilenet4j.formats.file.MappedFile;
import org.mobilenet4j.formats.tfjs.TfjsReader;
import org.mobilenet4j.model.Model;

/// Reads TensorFlow's models: frozen graphs (`.pb`), and SavedModels, folders of a `saved_model.pb` and `variables`.
///
/// Their graphs are those of TensorFlow.js's graph models once functions and variables are resolved, and are read as
/// these are. Frozen graphs of the Object Detection API are read up to the predictions ([ObjectDetection]).
public final class TensorflowReader {
    private static final String SAVED_MODEL = "saved_model.pb";

    /// Nodes that no result of a network comes from, though they read its feature maps.
    private static final Set<String> NO_RESULTS = Set.of("Shape", "NoOp", "Assert", "Print", "Rank", "Size");

    private TensorflowReader() {}

    /// Whether `folder` is a SavedModel's.
    public static boolean isSavedModel(Path folder) {
        return Files.isRegularFile(folder.resolve(SAVED_MODEL));
    }

    /// Whether a file that begins with `start` is a SavedModel's `saved_model.pb`, or a frozen graph.
    public static boolean isGraph(FileStart start) {
        return isSavedModelFile(start) || isGraphDef(start);
    }

    private static boolean isSavedModelFile(FileStart start) {
        return start.has(0, "080112") && start.at(3) > 0;
    }

    /// A message whose first field is a message whose first field is a text: a node with its name.
    private static boolean isGraphDef(FileStart start) {
        int at = 1;
        while (start.at(at) > 0x7f && at < 6) {
            at++; // the length of the node
        }
        return start.at(0) == 0x0a && start.at(at + 1) == 0x0a && start.at(at + 2) > 0 && start.at(at + 3) > ' ';
    }

    /// Reads the model in `file`: a frozen graph, a `saved_model.pb`, or the folder of one.
    ///
    /// @throws BadFileException if it is malformed or unsupported; the message is one line with the reason
    /// @throws IOException if a file cannot be opened
    public static Model read(Path file) throws IOException {
        var path = Files.isDirectory(file) ? file.resolve(SAVED_MODEL) : file;
        var bytes = MappedFile.of(path, "a frozen graph, a .pb file");
        try {
            return isSavedModelFile(FileStart.of(path))
                    ? savedModel(path, bytes)
                    : frozen(path, MappedFile.nameOf(path), bytes);
        } catch (BadValueException e) {
            throw new BadFileException(path, e);
        }
    }

    /// Reads the frozen graph in `bytes`.
    ///
    /// @param file name for messages; labels are looked for beside it
    /// @throws IllegalArgumentException where [#read] throws a [BadFileException]
    static Model frozen(Path file, String name, MemorySegment bytes) throws IOException {
        var proto = new Proto();
        var graph = TfGraph.parse(proto, bytes);
        var flat = new Flattening(proto, _ -> Optional.empty(), bytes.byteSize());
        var detector = ObjectDetection.find(proto, graph);
        if (detector.isPresent()) {
            return noted(detector(file, name, proto, graph, detector.get(), flat), flat);
        }
        var scope = new TfScope(graph);
        var outputs = outputs(graph);
        if (outputs.isEmpty()) {
            throw new BadValueException("is a graph of " + graph.nodes().size()
                    + " nodes without an input (a Placeholder) that reaches an output; give a network's frozen graph");
        }
        outputs.forEach(output -> flat.add(scope.ref(output)));
        return noted(TfjsReader.graph(file, name, "TensorFlow frozen graph", flat.topology(), flat.weights()), flat);
    }

    /// Says what was left out of a graph that was trained for integers.
    private static Model noted(Model model, Flattening flat) {
        if (!flat.isRounded()) {
            return model;
        }
        var notes = new LinkedHashMap<>(model.notes());
        notes.put(
                "quantization",
                "floats, assumed: the graph was trained for integers (FakeQuant), and its ranges are left out");
        return model.withNotes(notes);
    }

    private static Model detector(
            Path file, String name, Proto proto, TfGraph graph, ObjectDetection detector, Flattening flat)
            throws IOException {
        var scope = new TfScope(detector.graph());
        flat.add(scope.ref(detector.boxes()));
        flat.add(scope.ref(detector.scores()));
        var constants = new PostprocessorConstants(proto, graph);
        var beside = AnchorsBeside.find(file);
        return TfjsReader.detector(
                file,
                name,
                flat.topology(),
                flat.weights(),
                detector.boxes(),
                detector.scores(),
                (heads, notes) -> constants.boxes(heads, beside, notes));
    }

    /// The nodes that depend on an input, and that nothing reads.
    private static List<String> outputs(TfGraph graph) {
        var readers = new HashMap<String, List<TfNode>>();
        var open = new ArrayDeque<TfNode>();
        for (var node : graph.nodes().values()) {
            node.inputs()
                    .forEach(input -> readers.computeIfAbsent(base(input), _ -> new ArrayList<>())
                            .add(node));
            if (node.op().equals("Placeholder")) {
                open.add(node);
            }
        }
        var reached = new HashSet<>(open);
        var outputs = new ArrayList<String>();
        while (!open.isEmpty()) {
            var node = open.remove();
            var next = readers.getOrDefault(node.name(), List.of()).stream()
                    .filter(reader ->
                            !NO_RESULTS.contains(reader.op()) && !reader.op().endsWith("Summary"))
                    .toList();
            if (next.isEmpty() && !node.op().equals("Placeholder")) {
                outputs.add(node.name());
            }
            next.stream().filter(reached::add).forEach(open::add);
        }
        return outputs;
    }

    private static String base(String input) {
        int colon = input.indexOf(':');
        return colon < 0 ? input : input.substring(0, colon);
    }

    private static Model savedModel(Path file, MemorySegment bytes) throws IOException {
        var proto = new Proto();
        var meta = MetaGraph.parse(proto, bytes);
        var folder = file.toAbsolutePath().normalize().resolveSibling("variables");
        var keys = VariableKeys.of(proto, meta.graph());
        var bundle = Files.isDirectory(folder)
                ? Optional.of(TensorBundle.read(proto, folder))
                : Optional.<TensorBundle>empty();
        var flat = new Flattening(proto, node -> bundle.flatMap(all -> value(all, keys, node)), bytes.byteSize());
        flat.add(new TfScope(meta.graph()).ref(meta.output()));
        var parent = folder.getParent();
        var name = parent == null || parent.getFileName() == null
                ? "model"
                : parent.getFileName().toString();
        return noted(TfjsReader.graph(file, name, "TensorFlow SavedModel", flat.topology(), flat.weights()), flat);
    }

    private static Optional<TfTensor> value(TensorBundle bundle, Map<String, String> keys, TfNode node) {
        var key = keys.get(node.name());
        return bundle.get(key == null ? node.name() : key);
    }
}
