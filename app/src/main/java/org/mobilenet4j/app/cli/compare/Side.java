package org.mobilenet4j.app.cli.compare;

import java.util.ArrayList;
import java.util.List;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.image.Image;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.image.Preprocessor;
import org.mobilenet4j.infer.LayerOutputs;
import org.mobilenet4j.model.FoldedModel;
import org.mobilenet4j.model.Model;

/// One of the two models: turns images into its input, runs it, and keeps each layer's output of the last image.
final class Side {
    private final String name;
    private final Model model;
    private final LayerOutputs outputs;
    private final Preprocessing preprocessing;
    private final Preprocessor preprocessor;
    private final float[] input;
    private final List<Node> nodes = new ArrayList<>();
    private final List<float[]> values = new ArrayList<>();
    private int seen;

    /// @param name as given on the command line
    /// @param preprocessing how images become its input
    /// @throws IllegalArgumentException if the model takes no photos, or cannot be run
    Side(String name, Model model, Preprocessing preprocessing) {
        this.name = name;
        // Batch normalization belongs to the layer before it, as in formats that have none.
        this.model = FoldedModel.of(model);
        this.outputs = LayerOutputs.of(this.model);
        var shape = model.network().input();
        this.preprocessing = preprocessing;
        this.preprocessor = new Preprocessor(preprocessing, shape);
        this.input = new float[shape.elements()];
    }

    String name() {
        return name;
    }

    Model model() {
        return model;
    }

    /// How images become its input.
    Preprocessing preprocessing() {
        return preprocessing;
    }

    /// The layers whose outputs are seen, in order of execution; known after the first image.
    List<Node> nodes() {
        return nodes;
    }

    /// The input that an image becomes; the same array each time.
    float[] input(Image image) {
        preprocessor.apply(image, input, 0);
        return input;
    }

    /// Runs the model on one input.
    void run(float[] given) {
        seen = 0;
        outputs.run(given, this::see);
    }

    private void see(Node node, float[] shown) {
        if (seen == nodes.size()) {
            nodes.add(node);
            values.add(new float[shown.length]);
        }
        System.arraycopy(shown, 0, values.get(seen), 0, shown.length);
        seen++;
    }

    /// The last image's output of layer `index` of [#nodes].
    float[] values(int index) {
        return values.get(index);
    }

    /// The last image's probabilities of the classes.
    float[] probabilities() {
        var own = values.getLast();
        var classes = new float[model.classes()];
        model.outputs().rank(own, 0, own.length, classes);
        model.outputs().toProbabilities(classes, classes.length);
        return classes;
    }

    /// Whether the network answers with classes, and not with features or a map.
    boolean isClassifier() {
        return model.outputs().areClasses() && model.network().output().pixels() == 1 && !nodes.isEmpty();
    }
}
