package org.mobilenet4j.app.cli.compare;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.app.cli.options.PhotoOptions;

/// The report of `compare`.
///
/// @param a the first model
/// @param b the second model
/// @param inputs number of inputs that both were run on
/// @param inputsAre what they are: photos, or random
/// @param tolerance the share of a layer's largest value by which it may differ
/// @param layers the layers that correspond, in order; the first is the input, if both have the same size
/// @param firstDifferent the first of them that differs by more than the tolerance
/// @param answers how often both answer the same; absent if they do not tell the same number of classes apart
@JsonInclude(JsonInclude.Include.NON_NULL)
record Comparison(
        Compared a,
        Compared b,
        int inputs,
        String inputsAre,
        double tolerance,
        List<LayerDifference> layers,
        @Nullable LayerDifference firstDifferent,
        @Nullable Answers answers) {

    /// How the input is called among the layers.
    static final String INPUT = "input";

    /// A model. `layers` is the number of its layers whose outputs can be seen, `paired` how many of them have a
    /// counterpart; `arithmetic` is `integer` or `float`, `input` the size of its images.
    record Compared(
            String name,
            String network,
            String arithmetic,
            String outputs,
            String preprocessing,
            String input,
            int classes,
            int layers,
            int paired) {
        static Compared of(Side side, int paired) {
            var model = side.model();
            return new Compared(
                    side.name(),
                    model.network().name(),
                    model.quantization().isPresent() ? "integer" : "float",
                    model.outputs().toString(),
                    PhotoOptions.describe(side.preprocessing()),
                    model.network().input().toString(),
                    side.isClassifier() ? model.classes() : 0,
                    side.nodes().size(),
                    paired);
        }
    }

    /// Layers of the two models that correspond: their largest absolute difference, the largest absolute value of
    /// both, their ratio, and the input on which they differ most.
    record LayerDifference(String a, String b, double largest, double magnitude, double share, String where) {
        static LayerDifference of(String a, String b, Difference difference) {
            return new LayerDifference(
                    a, b, difference.largest(), difference.magnitude(), difference.share(), difference.where());
        }
    }

    /// The largest difference of a class's probability, and for how many inputs the likeliest class is the same.
    record Answers(int sameTop1, double top1Agreement, double largestDifference, String where) {}

    /// Runs both models on all inputs.
    ///
    /// @param inputs at least one image
    /// @param isSameInput whether `b` gets the input of `a`, rather than preprocess the image in its own way
    /// @throws IOException naming an image that cannot be read
    static Comparison of(
            Side a, Side b, List<ComparedImages.Named> inputs, String inputsAre, boolean isSameInput, double tolerance)
            throws IOException {
        boolean hasSameInput =
                a.model().network().input().equals(b.model().network().input());
        var input = new Difference();
        var probabilities = new Difference();
        List<LayerPairs.Pair> pairs = List.of();
        var differences = new ArrayList<Difference>();
        int same = 0;
        int done = 0;
        for (var each : inputs) {
            var image = each.source().image();
            var inputA = a.input(image);
            var inputB = isSameInput ? inputA : b.input(image);
            if (hasSameInput) {
                input.add(inputA, inputB, each.name());
            }
            a.run(inputA);
            b.run(inputB);
            if (done == 0) {
                pairs = LayerPairs.of(a.nodes(), b.nodes());
                pairs.forEach(_ -> differences.add(new Difference()));
            }
            for (int i = 0; i < pairs.size(); i++) {
                var pair = pairs.get(i);
                differences.get(i).add(a.values(pair.a()), b.values(pair.b()), each.name());
            }
            if (haveSameClasses(a, b)) {
                var own = a.probabilities();
                var other = b.probabilities();
                probabilities.add(own, other, each.name());
                same += best(own) == best(other) ? 1 : 0;
            }
            done++;
        }
        var layers = new ArrayList<LayerDifference>();
        if (hasSameInput) {
            layers.add(LayerDifference.of(INPUT, INPUT, input));
        }
        for (int i = 0; i < pairs.size(); i++) {
            var pair = pairs.get(i);
            layers.add(LayerDifference.of(
                    a.nodes().get(pair.a()).name(), b.nodes().get(pair.b()).name(), differences.get(i)));
        }
        var first = layers.stream().filter(layer -> layer.share() > tolerance).findFirst();
        return new Comparison(
                Compared.of(a, pairs.size()),
                Compared.of(b, pairs.size()),
                done,
                inputsAre,
                tolerance,
                layers,
                first.orElse(null),
                haveSameClasses(a, b)
                        ? new Answers(same, (double) same / done, probabilities.largest(), probabilities.where())
                        : null);
    }

    private static boolean haveSameClasses(Side a, Side b) {
        return a.isClassifier()
                && b.isClassifier()
                && a.model().classes() == b.model().classes();
    }

    private static int best(float[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            best = values[i] > values[best] ? i : best;
        }
        return best;
    }
}
