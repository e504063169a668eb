package org.mobilenet4j.train.head;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.data.Unreadable;
import org.mobilenet4j.data.batch.Batches;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.FeatureExtractor;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Outputs;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.Tensor;
import org.mobilenet4j.train.TrainingAssembly;
import org.mobilenet4j.train.TrainingSetup;
import org.mobilenet4j.train.Transfer;
import org.mobilenet4j.train.Validation;

/// A network of which only the last layer was trained: every photo goes through the body once, and the layer is
/// then fitted by [SoftmaxRegression]. The problem has a single optimum, so there is no learning rate and no
/// epochs; it takes seconds.
///
/// @param model with the new last layer
/// @param decay the weight decay that did best on a held-out fifth of the training photos
/// @param images training photos that could be read
/// @param validation the model's accuracy on the validation photos
/// @param unreadable training photos that could not be read
/// @param unvalidated validation photos that could not be read
public record HeadFit(
        Model model, double decay, int images, Validation validation, Unreadable unreadable, Unreadable unvalidated) {
    public HeadFit {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(validation, "validation");
        Objects.requireNonNull(unreadable, "unreadable");
        Objects.requireNonNull(unvalidated, "unvalidated");
    }

    /// In descending order; the search ends where less decay does worse.
    private static final List<Double> DECAYS = List.of(3.0, 1.0, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001, 0.0003, 0.0001);

    /// One in this many photos is held out to choose the decay.
    private static final int HELD_OUT = 5;

    /// Fits the last layer of `setup`'s network. Of the augmentation only the flip is used, of the recipe only the
    /// batch size.
    ///
    /// @throws IOException if photos cannot be read
    /// @throws IllegalArgumentException if the network does not end in a dense layer, or a convolution
    ///     of one pixel, with a bias
    public static HeadFit of(TrainingSetup setup) throws IOException {
        var assembly = new TrainingAssembly(setup);
        var start = setup.start();
        var head = head(start.network());
        var body = FeatureExtractor.network(start.network());
        if (!isPossible(start.network())) {
            throw new BadValueException("the network " + start.network().name()
                    + " does not end in a layer with a bias after pooling, so its last layer cannot be fitted alone");
        }
        if (start.outputs() == Outputs.SIGMOIDS) {
            throw new BadValueException("the network " + start.network().name()
                    + " ends in sigmoids, for labels that do not exclude each other, which its last layer alone"
                    + " cannot be fitted for; train it with --freeze");
        }
        var bodyModel = new Model(body, start.weights().only(body), List.of(), start.preprocessing());
        int threads = setup.options().threads();
        boolean mirrored = setup.augmentation().flip() > 0;
        try (var photos = Batches.validation(setup.photos().train(), assembly.batches());
                var others = Batches.validation(setup.photos().validation(), assembly.batches())) {
            var features = Features.of(bodyModel, photos, mirrored, threads);
            int classes = setup.photos().train().labels().size();
            double decay = bestDecay(features, classes);
            var fit = SoftmaxRegression.fit(features, classes, decay);
            var model = assembly.model(with(start.weights(), head, fit));
            var accuracy = Validation.of(model, others, threads);
            return new HeadFit(model, decay, features.photos(), accuracy, photos.unreadable(), others.unreadable());
        }
    }

    /// Whether the last layer of `network` can be fitted alone.
    ///
    /// @throws IllegalArgumentException if the network does not end in a dense layer or a convolution
    public static boolean isPossible(Network network) {
        return FeatureExtractor.network(network).output().pixels() == 1
                && network.parameters().containsKey(head(network) + "/bias");
    }

    private static double bestDecay(Features features, int classes) {
        var heldOut = features.every(HELD_OUT, false);
        var learned = features.every(HELD_OUT, true);
        double best = DECAYS.getFirst();
        if (learned.rows() == 0) {
            return best;
        }
        var fit = SoftmaxRegression.fit(learned, classes, best);
        double least = fit.loss(heldOut);
        for (double decay : DECAYS.subList(1, DECAYS.size())) {
            fit.refit(learned, decay);
            double loss = fit.loss(heldOut);
            if (!(loss < least)) {
                break;
            }
            least = loss;
            best = decay;
        }
        return best;
    }

    private static String head(Network network) {
        var isHead = Transfer.headOnly(network);
        return network.nodes().stream()
                .map(node -> node.name())
                .filter(isHead)
                .findFirst()
                .orElse("");
    }

    private static Weights with(Weights weights, String head, SoftmaxRegression fit) {
        var tensors = weights.tensors();
        tensors.put(head + "/kernel", like(weights.get(head + "/kernel"), fit.kernel()));
        tensors.put(head + "/bias", like(weights.get(head + "/bias"), fit.bias()));
        return new Weights(tensors);
    }

    /// `values` in the form of `old`. Where one output tells two classes apart, its logit is the difference of
    /// theirs.

    private static Tensor like(Tensor old, float[] values) {
        return Tensor.of(
                old.size() == values.length ? values : differences(values),
                old.dims().stream().mapToInt(Integer::intValue).toArray());
    }

    private static float[] differences(float[] pairs) {
        var differences = new float[pairs.length / 2];
        for (int i = 0; i < differences.length; i++) {
            differences[i] = pairs[2 * i + 1] - pairs[2 * i];
        }
        return differences;
    }
}
