package org.mobilenet4j.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
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
public record Model(
        Network network,
        Weights weights,
        List<String> labels,
        Preprocessing preprocessing,
        Map<String, String> notes,
        Optional<NetworkQuantization> quantization) {

    /// Checks the parts against each other.
    ///
    /// @throws IllegalArgumentException when tensors are missing, unknown or of the wrong dimensions, or the
    ///     number of labels is wrong
    public Model {
        labels = List.copyOf(labels);
        notes = Map.copyOf(notes);
        weights.check(network);
        checkLabels(network, labels);
        quantization.ifPresent(maps -> maps.check(network, weights));
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

    /// The number of outputs.
    public int classes() {
        return network.output().channels();
    }

    /// The label of output `index`, or `class 7` where the model has no labels.
    public String label(int index) {
        return labels.isEmpty() ? "class " + index : labels.get(index);
    }

    /// This model with other labels.
    public Model withLabels(List<String> newLabels) {
        return new Model(network, weights, newLabels, preprocessing, notes, quantization);
    }

    /// This model with other preprocessing.
    public Model withPreprocessing(Preprocessing newPreprocessing) {
        return new Model(network, weights, labels, newPreprocessing, notes, quantization);
    }

    /// This model with other notes.
    public Model withNotes(Map<String, String> newNotes) {
        return new Model(network, weights, labels, preprocessing, newNotes, quantization);
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
        return new Model(resized, weights, labels, preprocessing, notes, quantization);
    }

    private static void checkLabels(Network network, List<String> labels) {
        int outputs = network.output().channels();
        if (!labels.isEmpty() && labels.size() != outputs) {
            throw new BadValueException("there are " + labels.size() + " labels for the " + outputs
                    + " outputs of the network " + network.name() + "; give one label for each output");
        }
    }
}
