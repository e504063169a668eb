package org.mobilenet4j.train.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.Flatten;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.compress.quantize.AwareTraining;
import org.mobilenet4j.compress.quantize.Photos;
import org.mobilenet4j.compress.quantize.PostTraining;
import org.mobilenet4j.compress.quantize.QuantizationOptions;
import org.mobilenet4j.compress.quantize.WeightScheme;
import org.mobilenet4j.data.Split;
import org.mobilenet4j.data.augment.Augmentation;
import org.mobilenet4j.data.batch.BatchSpec;
import org.mobilenet4j.data.batch.Batches;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.infer.Session;
import org.mobilenet4j.kernel.variant.KernelVariant;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.model.file.ModelFile;
import org.mobilenet4j.tensor.Shape;
import org.mobilenet4j.tensor.Tensor;
import org.mobilenet4j.train.ColoredSquares;
import org.mobilenet4j.train.InitialWeights;
import org.mobilenet4j.train.Recipe;
import org.mobilenet4j.train.Trainer;
import org.mobilenet4j.train.TrainerOptions;
import org.mobilenet4j.train.TrainingAssembly;
import org.mobilenet4j.train.TrainingProgress;
import org.mobilenet4j.train.TrainingRun;
import org.mobilenet4j.train.TrainingSetup;
import org.mobilenet4j.train.Validation;
import org.mobilenet4j.train.loss.SoftmaxCrossEntropy;
import org.mobilenet4j.train.optimize.ParameterLayout;

/// Training that knows of the integers to come: it sees what the engine will compute, learns what suits it, and is
/// gone on with to the bit.
class AwareTrainingTest {
    /// So much larger, that one step of the large channels is more than all of the others.
    private static final float LARGER = 200;

    private static final TrainingRun.Listener NOBODY = new TrainingRun.Listener() {};
    private static final QuantizationOptions PER_TENSOR =
            QuantizationOptions.DEFAULT.withWeights(WeightScheme.PER_TENSOR);

    @TempDir
    private Path folder;

    private static Network network(boolean hasNorms) {
        var layers = new ArrayList<Layer>();
        layers.add(Conv.of("conv1", 8, Window.square(3, 2, Padding.SAME)).withBias());
        layers.add(new BatchNorm("conv1_bn"));
        layers.add(Activation.relu("conv1_relu"));
        layers.add(
                DepthwiseConv.of("conv_dw_1", Window.square(3, 2, Padding.SAME)).withBias());
        layers.add(new BatchNorm("conv_dw_1_bn"));
        layers.add(Activation.relu6("conv_dw_1_relu"));
        layers.add(Conv.pointwise("conv_pw_1", 16).withBias());
        layers.add(Activation.relu6("conv_pw_1_relu"));
        layers.add(new GlobalAveragePool("pool"));
        layers.add(new Flatten("flat")); // without, TFLite rounds the mean's zero point by itself
        layers.add(Dense.of("conv_preds", 3));
        layers.removeIf(layer -> layer instanceof BatchNorm && !hasNorms);
        return new Network("small", new Shape(32, 32, 3), new Sequence("", layers));
    }

    private static TrainingSetup setup(Network network, Weights start, Recipe recipe) {
        return new TrainingSetup(
                new Model(network, start, List.of(), Preprocessing.TF_SLIM),
                new Split(new ColoredSquares(150, 0), new ColoredSquares(60, 1000)),
                Augmentation.LIGHT,
                TrainerOptions.of(recipe).withThreads(2).withSeed(7));
    }

    private static Recipe recipe(int epochs, double rate) {
        return Recipe.DEFAULT.withBatch(10).withEpochs(epochs).withRate(rate).with("average-decay", "0.9");
    }

    private static Photos photos() throws IOException {
        var shape = network(false).input();
        var spec = new BatchSpec(shape, Preprocessing.TF_SLIM, Augmentation.NONE, 10, 1, 1);
        try (var batches = Batches.validation(new ColoredSquares(60, 3000), spec)) {
            return Photos.of(batches, shape);
        }
    }

    private static Model random(long seed) {
        var network = network(false);
        return new Model(network, Weights.random(network, seed), List.of(), Preprocessing.TF_SLIM);
    }

    private Path file(String name) {
        return folder.resolve(name);
    }

    /// Learned with floats; then every other channel of the first layer is made much larger and what reads it smaller.
    /// The outputs are the same, but a single scale for the first kernel leaves nothing of the other channels.
    private Model spoiled() throws IOException {
        var network = network(false);
        var setup = setup(network, InitialWeights.of(network, 3), recipe(8, 0.05));
        try (var run = TrainingRun.start(setup, file("floats.safetensors"), file("floats.checkpoint"))) {
            run.run(NOBODY);
        }
        var model = ModelFile.read(file("floats.safetensors"));
        var tensors = new LinkedHashMap<>(model.weights().tensors());
        scale(tensors, "conv1/kernel", LARGER);
        scale(tensors, "conv1/bias", LARGER);
        scale(tensors, "conv_dw_1/depthwise_kernel", 1 / LARGER);
        return new Model(network, new Weights(tensors), model.labels(), model.preprocessing());
    }

    private static void scale(Map<String, Tensor> tensors, String name, float factor) {
        var tensor = Objects.requireNonNull(tensors.get(name));
        var values = tensor.toArray();
        for (int i = 0; i < values.length; i += 2) {
            values[i] *= factor;
        }
        tensors.put(
                name,
                Tensor.of(
                        values,
                        tensor.dims().stream().mapToInt(Integer::intValue).toArray()));
    }

    @Test
    void learnsWhatOneScaleForAKernelSpoils() throws IOException {
        var model = spoiled();
        var start = PostTraining.of(model, photos(), PER_TENSOR);
        var setup = setup(start.floats().network(), start.floats().weights(), recipe(6, 0.05))
                .withQuantization(AwareTraining.of(start, WeightScheme.PER_TENSOR, 1));
        try (var validation = Batches.validation(setup.photos().validation(), new TrainingAssembly(setup).batches());
                var run = TrainingRun.start(setup, file("int8.safetensors"), file("int8.checkpoint"))) {
            double floats = Validation.of(model, validation, 2).top1();
            double rounded = Validation.of(start.quantized(), validation, 2).top1();
            run.run(NOBODY);
            assertThat(rounded).isLessThan(floats - 0.5);
            assertThat(run.progress().bestTop1()).isGreaterThan(rounded + 0.3);
            var kept = ModelFile.read(file("int8.safetensors"));
            assertThat(kept.quantization()).isPresent();
            assertThat(Validation.of(kept, validation, 1).top1())
                    .isEqualTo(run.progress().bestTop1());
        }
    }

    /// With ranges that follow the batches: they are part of what is gone on with.
    @Test
    void resumesToTheBit() throws IOException {
        var start = PostTraining.of(random(5), photos(), QuantizationOptions.DEFAULT);
        var setup = setup(start.floats().network(), start.floats().weights(), recipe(2, 0.02))
                .withQuantization(AwareTraining.of(start, WeightScheme.PER_CHANNEL, 0.9));
        try (var run = TrainingRun.start(setup, file("whole.safetensors"), file("whole.checkpoint"))) {
            assertThat(run.run(NOBODY)).isTrue();
        }
        boolean isDone = false;
        for (int part = 0; !isDone; part++) {
            var out = file("parts.safetensors");
            var checkpoint = file("parts.checkpoint");
            try (var run = part == 0
                    ? TrainingRun.start(setup, out, checkpoint)
                    : TrainingRun.resume(setup, out, checkpoint)) {
                isDone = run.run(new TrainingRun.Listener() {
                    @Override
                    public void step(TrainingProgress progress, int stepsPerEpoch, double loss) {
                        if (progress.step() % 7 == 4) {
                            run.stop();
                        }
                    }
                });
            }
        }
        assertThat(file("parts.safetensors")).hasSameBinaryContentAs(file("whole.safetensors"));
        assertThat(ModelFile.read(file("whole.safetensors")).quantization())
                .isNotEqualTo(start.quantized().quantization());
        var other = setup.withQuantization(AwareTraining.of(start, WeightScheme.PER_CHANNEL, 1));
        assertThatThrownBy(() -> TrainingRun.resume(other, file("whole.safetensors"), file("whole.checkpoint")))
                .isInstanceOf(BadFileException.class)
                .hasMessageContaining("the quantization");
    }

    /// Scores that training sees and those of the engine that computes with integers.
    @Test
    void seesWhatTheEngineComputes() throws IOException {
        int count = 40;
        for (var scheme : WeightScheme.values()) {
            var start = PostTraining.of(random(9), photos(), QuantizationOptions.DEFAULT.withWeights(scheme));
            var network = start.floats().network();
            var how = AwareTraining.of(start, scheme, 1);
            var random = new Random(4);
            var images = new float[count * network.input().elements()];
            for (int i = 0; i < images.length; i++) {
                images[i] = random.nextFloat(-1, 1);
            }
            var layout = ParameterLayout.of(network);
            var values = new float[layout.trained()];
            layout.read(start.floats().weights(), values, new float[0]);
            var options = new TrainingGraph.TrainingOptions(count, 2, KernelVariant.SCALAR.kernels(), _ -> true, 1);
            var ranges = new FakeQuantizers(
                    how.maps(),
                    how.rangeDecay(),
                    network,
                    new float[FakeQuantizers.size(how.maps())],
                    2,
                    KernelVariant.SCALAR.kernels());
            var backpropagation = new Backpropagation(
                    new TrainingGraph(network, layout, options, ranges),
                    options,
                    new SoftmaxCrossEntropy(0),
                    0,
                    values,
                    new float[values.length],
                    new float[0],
                    new FakeQuantizedWeights(
                            layout, how.kernels().isPerChannel(), how.kernels().isSymmetric(), values, 2));
            var builder = new StageList.Builder();
            backpropagation.addTo(builder);
            backpropagation.start(images, new float[count * 3], count, 0);
            builder.build(2).run();

            var scores = Session.open(start.quantized()).run(images, count);

            double step = Objects.requireNonNull(how.maps().layers().get("conv_preds"))
                    .scale();
            int same = 0;
            for (int i = 0; i < scores.length; i++) {
                assertThat((double) scores[i]).isCloseTo(backpropagation.outputs()[i], Offset.offset(2.01 * step));
                same += Math.abs(scores[i] - backpropagation.outputs()[i]) < step / 2 ? 1 : 0;
            }
            assertThat(same).isGreaterThan(scores.length * 8 / 10);
        }
    }

    @Test
    void wantsAFoldedNetworkAndItsLayers() throws IOException {
        var start = PostTraining.of(random(5), photos(), QuantizationOptions.DEFAULT);
        var how = AwareTraining.of(start, WeightScheme.PER_CHANNEL, 1);
        var norms = network(true);
        var options = TrainerOptions.of(Recipe.QUANTIZATION).withThreads(1);
        assertThatThrownBy(() -> Trainer.of(norms, Weights.random(norms, 1), options, how))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("conv1_bn")
                .hasMessageContaining("folded");
        var other = new Network(
                "other", new Shape(32, 32, 3), Sequence.of(new GlobalAveragePool("mean"), Dense.of("d", 3)));
        assertThatThrownBy(() -> Trainer.of(other, Weights.random(other, 1), options, how))
                .hasMessageContaining("conv1_relu")
                .hasMessageContaining("does not have");
        assertThatThrownBy(() -> AwareTraining.of(start, WeightScheme.PER_CHANNEL, 1.5))
                .hasMessageContaining("[0, 1]");
    }
}
