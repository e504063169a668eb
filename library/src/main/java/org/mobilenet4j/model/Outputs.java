package org.mobilenet4j.model;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.mobilenet4j.error.BadValueException;

/// What the values that come out of a network mean, and how classes and their probabilities are made of them.
public enum Outputs {
    /// Probabilities of classes that exclude each other; they sum to one. Such a network ends in a softmax.
    PROBABILITIES("probabilities"),
    /// Logits of classes that exclude each other: a softmax makes probabilities of them.
    LOGITS("logits"),
    /// Probabilities of labels that are independent of each other, any number of which may be right.
    SIGMOIDS("sigmoids"),
    /// A single value, the probability of the second of two classes.
    ONE_SIGMOID("one-sigmoid"),
    /// A single value, of which a sigmoid makes the probability of the second of two classes.
    ONE_LOGIT("one-logit"),
    /// Boxes and scores of many anchors, see [BoxOutputs].
    DETECTIONS("detections"),
    /// Values that name no classes: an embedding, a feature map, a regression.
    FEATURES("features");

    private final String text;

    Outputs(String text) {
        this.text = text;
    }

    /// The outputs named `text`.
    ///
    /// @throws IllegalArgumentException listing the names when there are no such outputs
    public static Outputs named(String text) {
        Objects.requireNonNull(text, "text");
        for (var outputs : values()) {
            if (outputs.text.equals(text)) {
                return outputs;
            }
        }
        throw new BadValueException("there are no outputs called " + text + "; use one of "
                + Arrays.stream(values()).map(Outputs::toString).collect(Collectors.joining(", ")));
    }

    /// Whether the outputs are about classes of whole photos.
    public boolean areClasses() {
        return this != FEATURES && this != DETECTIONS;
    }

    /// Whether one value stands for two classes.
    public boolean areTwoInOne() {
        return this == ONE_SIGMOID || this == ONE_LOGIT;
    }

    /// Whether each class has a probability of its own, so that a sigmoid and not a softmax belongs to them.
    public boolean areIndependent() {
        return this == SIGMOIDS || areTwoInOne();
    }

    /// The number of classes of a network with `values` outputs.
    public int classes(int values) {
        return areTwoInOne() ? 2 : values;
    }

    /// The labels of these outputs: as given, but the only label of one sigmoid names the second class.
    List<String> labels(List<String> given) {
        return areTwoInOne() && given.size() == 1 ? List.of("not " + given.getFirst(), given.getFirst()) : given;
    }

    /// Writes a value for each class that ranks the classes as their probabilities do, for one image. No two values
    /// that differ become equal, as tiny probabilities may.
    ///
    /// @param values the network's outputs, from `from` on
    /// @param width how many they are
    /// @param scores where [#classes] values go, from 0 on
    public void rank(float[] values, int from, int width, float[] scores) {
        if (areTwoInOne()) {
            scores[0] = this == ONE_SIGMOID ? 1 - values[from] : -values[from];
            scores[1] = values[from];
            return;
        }
        System.arraycopy(values, from, scores, 0, width);
    }

    /// Turns the values of [#rank], `count` of them, into probabilities, in place. Others stay as they are.
    public void toProbabilities(float[] scores, int count) {
        switch (this) {
            case LOGITS -> softmax(scores, count);
            case ONE_LOGIT -> {
                scores[0] = sigmoid(scores[0]);
                scores[1] = sigmoid(scores[1]);
            }
            case PROBABILITIES, SIGMOIDS, ONE_SIGMOID, DETECTIONS, FEATURES -> {}
        }
    }

    private static float sigmoid(float value) {
        return (float) (1 / (1 + Math.exp(-value)));
    }

    private static void softmax(float[] scores, int count) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            largest = Math.max(largest, scores[i]);
        }
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += Math.exp(scores[i] - largest);
        }
        for (int i = 0; i < count; i++) {
            scores[i] = (float) (Math.exp(scores[i] - largest) / sum);
        }
    }

    /// Its name in files and options, such as `one-sigmoid`.
    @Override
    public String toString() {
        return text;
    }
}
