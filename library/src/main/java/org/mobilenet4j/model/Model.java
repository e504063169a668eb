package org.mobilenet4j.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.tensor.Shape;

/// A network with its weights and everything needed to use it. Immutable, so threads can share it.
///
/// @param network the layers
/// @param weights a tensor for each of the network's parameters
/// @param labels a name for each output, or empty
/// @param preprocessing preprocessing of input images
/// @param notes free text by key: where the model comes from, how it was trained
/// @param quantization quantization of the activations, for a quantized network; its weights are integers too
/// @param outputs what the network's outputs mean
/// @param boxes how boxes come out of a detector; empty if it is none
public record Model(
        Network network,
        Weights weights,
        List<String> labels,
        Preprocessing preprocessing,
        Map<String, String> notes,
        Optional<NetworkQuantization> quantization,
        Outputs outputs,
        Optional<BoxOutputs> boxes) {

    /// Checks the parts against each other.
    ///
    /// @throws IllegalArgumentException when tensors are missing, unknown or of the wrong dimensions, the
    ///     number of labels is wrong, or the outputs cannot mean what is given
    public Model {
        labels = List.copyOf(boxes.isPresent() ? boxes.get().labels(labels) : outputs.labels(labels));
        notes = Map.copyOf(notes);
        weights.check(network);
        checkOutputs(network, outputs, boxes);
        checkLabels(network, labels, outputs, boxes);
        quantization.ifPresent(maps -> maps.check(network, weights));
    }

    /// A model that is no detector.
    public Model(
            Network network,
            Weights weights,
            List<String> labels,
            Preprocessing preprocessing,
            Map<String, String> notes,
            Optional<NetworkQuantization> quantization,
            Outputs outputs) {
        this(network, weights, labels, preprocessing, notes, quantization, outputs, Optional.empty());
    }

    /// A model whose outputs mean what its network tells, see [OutputMeaning].
    public Model(
            Network network,
            Weights weights,
            List<String> labels,
            Preprocessing preprocessing,
            Map<String, String> notes,
            Optional<NetworkQuantization> quantization) {
        this(network, weights, labels, preprocessing, notes, quantization, told(network, labels, quantization));
    }

    /// A float model.
    public Model(
            Network network,
            Weights weights,
            List<String> labels,
            Preprocessing preprocessing,
            Map<String, String> notes) {
        this(network, weights, labels, preprocessing, notes, Optional.empty());
    }

    /// A model without notes.
    public Model(Network network, Weights weights, List<String> labels, Preprocessing preprocessing) {
        this(network, weights, labels, preprocessing, Map.of());
    }

    /// The number of classes: two where a single output tells one from the other; a detector's without the background.
    public int classes() {
        return classes(network, outputs, boxes);
    }

    /// The label of class `index`, or `class 7` where the model has no labels, or `???` for it, as in files of
    /// TensorFlow's.
    public String label(int index) {
        return labels.isEmpty() || labels.get(index).equals("???") ? "class " + index : labels.get(index);
    }

    /// This model with other labels.
    public Model withLabels(List<String> newLabels) {
        boolean isTold = outputs == told(network, labels, quantization);
        var newOutputs = isTold ? told(network, newLabels, quantization) : outputs;
        return new Model(network, weights, newLabels, preprocessing, notes, quantization, newOutputs, boxes);
    }

    /// This model with other preprocessing.
    public Model withPreprocessing(Preprocessing newPreprocessing) {
        return new Model(network, weights, labels, newPreprocessing, notes, quantization, outputs, boxes);
    }

    /// This float model with other layers and weights, whose outputs mean the same.
    public Model withNetwork(Network newNetwork, Weights newWeights) {
        return new Model(newNetwork, newWeights, labels, preprocessing, notes, quantization, outputs, boxes);
    }

    /// This model as a detector.
    ///
    /// @throws IllegalArgumentException when the boxes do not fit the network's output
    public Model withBoxes(BoxOutputs newBoxes) {
        return new Model(
                network,
                weights,
                newBoxes.labels(labels).size() == newBoxes.classes() ? labels : List.of(),
                preprocessing,
                notes,
                quantization,
                Outputs.DETECTIONS,
                Optional.of(newBoxes));
    }

    /// This model with outputs of another meaning.
    ///
    /// @throws IllegalArgumentException when there are not as many as that needs
    public Model withOutputs(Outputs newOutputs) {
        return new Model(network, weights, labels, preprocessing, notes, quantization, newOutputs, boxes);
    }

    /// This model with other notes.
    public Model withNotes(Map<String, String> newNotes) {
        return new Model(network, weights, labels, preprocessing, newNotes, quantization, outputs, boxes);
    }

    /// The same weights for inputs of `resolution` rows and columns: the paper's resolution multiplier. If the
    /// name contains the size, it is updated. A network is often more accurate at a size slightly larger than in
    /// training, where random crops enlarged the objects (Touvron et al. 2019).
    ///
    /// @throws IllegalArgumentException when the layers do not fit, or their weights or outputs depend
    ///     on the size
    public Model withResolution(int resolution) {
        var was = network.input();
        var size = new Shape(resolution, resolution, was.channels());
        String told = was.height() == was.width() ? "" + was.height() : was.height() + "x" + was.width();
        String name = network.name().replaceFirst("(?<=-)" + told + "(?=-|$)", "" + resolution);
        var resized = new Network(name, size, network.body());
        if (!resized.output().equals(network.output()) || !resized.parameters().equals(network.parameters())) {
            throw new BadValueException("the layers of " + network.name() + " only fit inputs of " + was
                    + "; only a network that ends in global pooling takes other sizes");
        }
        return new Model(resized, weights, labels, preprocessing, notes, quantization, outputs, boxes);
    }

    /// What had to be assumed, by key: the notes of readers that say so, and the meaning of outputs in doubt.
    public SortedMap<String, String> assumptions() {
        var assumptions = new TreeMap<String, String>();
        notes.forEach((key, note) -> {
            if (note.contains("assumed")) {
                assumptions.put(key, note);
            }
        });
        var meaning = OutputMeaning.of(this);
        if (meaning.isAssumed()) {
            assumptions.put("outputs", meaning.outputs() + ", assumed: " + meaning.reason());
        }
        return assumptions;
    }

    private static Outputs told(Network network, List<String> labels, Optional<NetworkQuantization> quantization) {
        return OutputMeaning.of(network, quantization, !labels.isEmpty()).outputs();
    }

    private static int classes(Network network, Outputs outputs, Optional<BoxOutputs> boxes) {
        return boxes.map(BoxOutputs::classes)
                .orElseGet(() -> outputs.classes(network.output().channels()));
    }

    private static void checkOutputs(Network network, Outputs outputs, Optional<BoxOutputs> boxes) {
        int count = network.output().channels();
        if (outputs.areTwoInOne() && count != 1) {
            throw new BadValueException("the network " + network.name() + " has " + count + " outputs, which cannot be "
                    + outputs + "; that takes one");
        }
        if (boxes.isPresent() != (outputs == Outputs.DETECTIONS)) {
            throw new BadValueException("the outputs of the network " + network.name() + " cannot be " + outputs
                    + (boxes.isPresent() ? ", as it has anchors" : " without anchors; take a detector"));
        }
        boxes.ifPresent(given -> {
            if (network.output().pixels() != 1 || given.values() != count) {
                throw new BadValueException("the network " + network.name() + " has an output of " + network.output()
                        + " where a detector of " + given.count() + " anchors and " + given.scores()
                        + " scores each has " + given.values() + " values");
            }
        });
    }

    private static void checkLabels(Network network, List<String> labels, Outputs outputs, Optional<BoxOutputs> boxes) {
        int classes = classes(network, outputs, boxes);
        boolean areClasses = outputs.areTwoInOne() || boxes.isPresent();
        if (!labels.isEmpty() && labels.size() != classes) {
            throw new BadValueException("there are " + labels.size() + " labels for the " + classes
                    + (areClasses ? " classes" : " outputs") + " of the network " + network.name()
                    + "; give one label for each " + (areClasses ? "class" : "output"));
        }
    }

    /// Its network, the number of its classes, and whether it is quantized.
    @Override
    public String toString() {
        var answer =
                outputs.areClasses() ? classes() + " classes" : network.output().elements() + " features";
        return "Model[" + network + ", " + answer + (quantization.isPresent() ? ", quantized]" : "]");
    }
}
