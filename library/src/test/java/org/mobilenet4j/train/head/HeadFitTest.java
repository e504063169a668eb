package org.mobilenet4j.train.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.Flatten;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Sigmoid;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.data.Split;
import org.mobilenet4j.data.Subset;
import org.mobilenet4j.data.augment.Augmentation;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.tensor.Shape;
import org.mobilenet4j.train.ColoredSquares;
import org.mobilenet4j.train.InitialWeights;
import org.mobilenet4j.train.Recipe;
import org.mobilenet4j.train.TrainerOptions;
import org.mobilenet4j.train.TrainingSetup;

/// A last layer on a body of random weights, which tells colors apart well enough.
class HeadFitTest {
    private static TrainingSetup setup(Layer... end) {
        var body = Sequence.of(
                Conv.of("conv1", 16, Window.square(3, 2, Padding.SAME)),
                Activation.relu6("conv1_relu"),
                new GlobalAveragePool("pool"));
        var layers = new java.util.ArrayList<Layer>(body.layers());
        layers.addAll(java.util.List.of(end));
        return setup(new Network("small", new Shape(32, 32, 3), new Sequence("", layers)));
    }

    private static TrainingSetup setup(Network network) {
        return new TrainingSetup(
                new Model(network, InitialWeights.of(network, 3), List.of(), Preprocessing.TF_SLIM),
                new Split(new ColoredSquares(90, 0), new ColoredSquares(60, 1000)),
                Augmentation.LIGHT,
                TrainerOptions.of(Recipe.DEFAULT.withBatch(16)).withThreads(2));
    }

    private static void assertFits(TrainingSetup setup) throws IOException {
        var fit = HeadFit.of(setup);
        assertThat(fit.images()).isEqualTo(90);
        assertThat(fit.validation().images()).isEqualTo(60);
        assertThat(fit.validation().top1()).isGreaterThan(0.9);
        assertThat(fit.unreadable().count()).isZero();
        assertThat(fit.model().labels()).containsExactly("blue", "green", "red");
        assertThat(fit.model().weights().get("conv1/kernel").toArray())
                .isEqualTo(setup.start().weights().get("conv1/kernel").toArray());
        assertThat(HeadFit.of(setup).model().weights().get("conv_preds/kernel").toArray())
                .isEqualTo(fit.model().weights().get("conv_preds/kernel").toArray());
    }

    @Test
    void fitsADenseLayer() throws IOException {
        assertFits(setup(Dense.of("conv_preds", 3), new Softmax("predictions")));
    }

    @Test
    void fitsAConvolutionOfOnePixel() throws IOException {
        assertFits(setup(
                new Conv("conv_preds", 3, Window.square(1, 1, Padding.SAME), 1, true),
                new Flatten("flatten"),
                new Softmax("predictions")));
    }

    /// Of two classes, as one sigmoid tells them apart: fitted, and trained.
    @Test
    void oneSigmoidLearnsTwoClasses() throws IOException {
        var three = setup(Dense.of("conv_preds", 1), new Sigmoid("predictions"));
        var setup = new TrainingSetup(
                three.start(),
                new Split(
                        Subset.ofClasses(three.photos().train(), name -> !name.equals("green")),
                        Subset.ofClasses(three.photos().validation(), name -> !name.equals("green"))),
                three.augmentation(),
                three.options());

        var fit = HeadFit.of(setup);

        assertThat(fit.model().classes()).isEqualTo(2);
        assertThat(fit.model().labels()).containsExactly("blue", "red");
        assertThat(fit.model().network().output().channels()).isEqualTo(1);
        assertThat(fit.validation().top1()).isGreaterThan(0.9);
    }

    @Test
    void refusesOtherEnds() {
        var many = setup(Dense.of("conv_preds", 3), new Sigmoid("predictions"));
        assertThatThrownBy(() -> HeadFit.of(many)).hasMessageContaining("ends in sigmoids");
        var setup = setup(new Dense("conv_preds", 3, false), new Softmax("predictions"));
        assertThatThrownBy(() -> HeadFit.of(setup)).hasMessageContaining("cannot be fitted alone");
    }
}
