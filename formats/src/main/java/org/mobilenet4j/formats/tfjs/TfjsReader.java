package org.mobilenet4j.formats.tfjs;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.formats.file.ForeignJson;
import org.mobilenet4j.formats.file.JsonFields;
import org.mobilenet4j.formats.file.LabelsBeside;
import org.mobilenet4j.formats.file.MappedFile;
import org.mobilenet4j.formats.graph.Heads;
import org.mobilenet4j.formats.keras.KerasLayer;
import org.mobilenet4j.formats.keras.KerasReader;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.model.BoxOutputs;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Outputs;
import org.mobilenet4j.tensor.Tensor;

/// Reads TensorFlow.js models: a `model.json` and the weight files that it names, in the same folder.
///
/// Supports layers models, whose topology is Keras's, and graph models, whose topology is a TensorFlow graph, with the
/// layers of MobileNet-like networks. Weights may be float32, float16, or quantized to 8 or 16 bits, which are
/// dequantized. A manifest of weights alone may be that of face-api.js's face detector ([SsdManifest]). Unsupported
/// layers and operators are reported in one line. Labels are those of a `labels.txt` beside
/// the file.
public final class TfjsReader {
    private static final int MAX_JSON = 1 << 26;

    private TfjsReader() {}

    /// Reads the model whose topology is in `file`.
    ///
    /// @throws BadFileException if a file is malformed or unsupported; the message is one line with the reason
    /// @throws IOException if a file cannot be opened
    public static Model read(Path file) throws IOException {
        var bytes = MappedFile.of(file, "a TensorFlow.js model.json");
        if (bytes.byteSize() > MAX_JSON) {
            throw new BadFileException(file, "has " + bytes.byteSize() + " bytes; the limit is " + MAX_JSON);
        }
        return read(file, new String(bytes.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8));
    }

    /// Reads the model that `text`, the contents of `file`, describes.
    public static Model read(Path file, String text) throws IOException {
        try {
            if (text.stripLeading().startsWith("[")) {
                var manifest = ForeignJson.parseList(text, "its JSON");
                return SsdManifest.read(file, TfjsWeights.read(file, manifest));
            }
            var json = ForeignJson.parse(text, "its JSON");
            if (!json.has("modelTopology") || !json.has("weightsManifest")) {
                throw new BadValueException(
                        "is not a TensorFlow.js model; give a model.json with modelTopology and weightsManifest");
            }
            var topology = json.object("modelTopology", "its modelTopology");
            var weights = TfjsWeights.read(file, json.list("weightsManifest"));
            return topology.has("node")
                    ? graph(file, name(file), "TensorFlow.js graph", topology, weights)
                    : layers(file, topology, weights);
        } catch (BadValueException e) {
            // Thrown while building the model: layers that do not fit, tensors that are too large.
            throw new BadFileException(file, e);
        }
    }

    private static Model layers(Path file, JsonFields topology, TfjsWeights weights) throws IOException {
        var config = topology.has("model_config") ? topology.object("model_config", "its model_config") : topology;
        return KerasReader.model(
                file,
                name(file),
                "TensorFlow.js layers",
                config,
                (place, _, names) -> find(weights, place, names),
                false, // it computes as Keras 2 does, whatever wrote the file
                new LinkedHashMap<>());
    }

    /// Weights are named after their layer, with or without the names of the models that contain it.
    private static Tensor find(TfjsWeights weights, List<KerasLayer> place, List<String> names) {
        for (var name : names) {
            for (int from = 0; from < place.size(); from++) {
                var path = String.join(
                        "/", place.stream().skip(from).map(KerasLayer::name).toList());
                if (weights.has(path + "/" + name)) {
                    return weights.floats(path + "/" + name);
                }
            }
        }
        throw place.getLast().odd("the file has no " + names.getFirst() + " for it");
    }

    /// Reads a TensorFlow graph.
    ///
    /// @param file labels are looked for beside it
    /// @param name of the network
    /// @param format of the file, for the notes
    /// @param topology the graph in JSON, with `node`
    /// @throws IllegalArgumentException if a node is unsupported, naming it
    public static Model graph(Path file, String name, String format, JsonFields topology, TfjsWeights weights)
            throws IOException {
        var reader = new GraphDefNetworkReader(GraphDef.parse(topology), weights);
        var network = reader.network(name);
        var notes = new LinkedHashMap<String, String>();
        notes.put("format", format);
        notes.put("preprocessing", "TF-Slim's, assumed: the file does not say");
        var preprocessing = reader.scaling().isScaled()
                ? reader.scaling().preprocessing(Preprocessing.TF_SLIM, null, notes)
                : Preprocessing.TF_SLIM;
        reader.outputOperator().ifPresent(operator -> operator.note(notes));
        if (!reader.isSized()) {
            notes.put("input", network.input() + ", assumed: the file leaves the size open");
        }
        var labels = LabelsBeside.find(file, network, notes);
        return new Model(network, reader.weights(), labels, preprocessing, notes);
    }

    /// Makes a model's boxes of the predictions that were read.
    public interface BoxesReader {
        /// How boxes come out of `heads`.
        ///
        /// @param notes that get what is assumed
        /// @throws IllegalArgumentException if that is not known
        BoxOutputs boxes(Heads heads, Map<String, String> notes);
    }

    /// Reads a TensorFlow graph that detects objects.
    ///
    /// @param boxesNode the node that joins the encodings of the boxes of all feature maps
    /// @param scoresNode the node that joins their scores
    /// @throws IllegalArgumentException if a node is unsupported, naming it
    public static Model detector(
            Path file,
            String name,
            JsonFields topology,
            TfjsWeights weights,
            String boxesNode,
            String scoresNode,
            BoxesReader boxesReader)
            throws IOException {
        var graph = GraphDef.parse(topology);
        var reader = new GraphDefNetworkReader(graph, weights, new GraphDefDetector(graph, boxesNode, scoresNode));
        var heads = reader.heads().orElseThrow();
        var network = reader.network(name);
        var notes = new LinkedHashMap<String, String>();
        notes.put("format", "TensorFlow frozen graph, Object Detection API");
        var standard = Preprocessing.TF_SLIM.withCrop(1);
        notes.put("preprocessing", "pixels from -1 to 1 of the whole photo resized, assumed: the file does not say");
        var preprocessing =
                reader.scaling().isScaled() ? reader.scaling().preprocessing(standard, null, notes) : standard;
        var boxes = boxesReader.boxes(heads, notes);
        var labels = LabelsBeside.find(file, boxes.labelCounts(), notes);
        return new Model(
                network,
                reader.weights(),
                labels,
                preprocessing,
                notes,
                Optional.empty(),
                Outputs.DETECTIONS,
                Optional.of(boxes));
    }

    /// The folder's name, as all models are called `model.json`.
    private static String name(Path file) {
        var name = MappedFile.nameOf(file);
        var folder = file.toAbsolutePath().normalize().getParent();
        return name.toLowerCase(Locale.ROOT).equals("model") && folder != null && folder.getFileName() != null
                ? folder.getFileName().toString()
                : name;
    }
}
