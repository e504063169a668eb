package org.mobilenet4j.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.technique.Technique;
import org.mobilenet4j.arch.zoo.NetworkSpec;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.file.ModelFile;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.train.InitialWeights;
import org.mobilenet4j.train.Recipe;
import org.mobilenet4j.train.Trainer;
import org.mobilenet4j.train.TrainerOptions;

/// What a technique makes is a network like any other: it learns, is kept in a file and runs.
class TechniqueRunTest {
    private static final int BATCH = 2;

    @TempDir
    private Path folder;

    private static Network network(String text, String techniques) {
        var network = NetworkSpec.parse(text)
                .network(java.util.OptionalDouble.empty(), java.util.OptionalInt.empty(), java.util.OptionalInt.of(5));
        for (var technique : Technique.parseAll(techniques)) {
            network = technique.apply(network);
        }
        return network;
    }

    private static Model trainedForAStep(Network network) {
        var random = new Random(4);
        var images = new float[BATCH * network.input().elements()];
        for (int i = 0; i < images.length; i++) {
            images[i] = random.nextFloat(-1, 1);
        }
        var targets = new float[BATCH * 5];
        targets[2] = 1;
        targets[5] = 1;
        var start = InitialWeights.of(network, 3);
        var recipe = Recipe.DEFAULT
                .withBatch(BATCH)
                .with("optimizer", "sgd:momentum=0")
                .with("average-decay", "0");
        var trainer = Trainer.of(network, start, TrainerOptions.of(recipe).withThreads(1));

        assertThat(trainer.step(images, targets, BATCH, 1e-3)).isFinite().isPositive();
        for (var name : network.parameters().sequencedKeySet()) {
            if (name.endsWith("kernel")) {
                assertThat(trainer.weights().get(name).toArray())
                        .as(name)
                        .isNotEqualTo(start.get(name).toArray())
                        .doesNotContain(Float.NaN);
            }
        }
        return new Model(network, trainer.weights(), List.of(), Preprocessing.TF_SLIM);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mobilenet-v1:0.25:32 | width=0.5",
                "mobilenet-v1:0.25:64 | resolution=0.714",
                "mobilenet-v1-conv:0.25:32 | separable",
                "mobilenet-v1:0.25:32 | standard",
                "mobilenet-v1-conv:0.25:32 | kernel=1:half",
                "mobilenet-v1-conv:0.25:32 | fire",
                "mobilenet-v1:0.25:32 | strides=21212121111112",
                "mobilenet-v1:0.25:32 | early",
                "mobilenet-v1:0.25:32 | width=0.5,late",
                "mobilenet-v1:0.25:32 | even",
                "mobilenet-v1:0.25:32 | shuffle=4",
                "mobilenet-v1:0.25:32 | shuffle=8,width=2,even",
                "mobilenet-v1:0.25:32 | shallow",
                "mobilenet-v1:0.25:32 | narrow=shallow",
                "alexnet:67 | width=0.0625,global-pool,kernel=3,late",
                "vgg16:32 | width=0.125,global-pool,fire,shuffle=2",
                "vgg16:32 | width=0.125,separable,shallow",
                "squeezenet:60 | width=0.25,shuffle=2,resolution=0.8",
                "googlenet:64 | width=0.25,separable"
            })
    void learnsIsKeptAndRuns(String text, String techniques) throws IOException {
        var model = trainedForAStep(network(text, techniques));
        var random = new Random(5);
        var image = new float[model.network().input().elements()];
        for (int i = 0; i < image.length; i++) {
            image[i] = random.nextFloat(-1, 1);
        }

        var file = folder.resolve("model.safetensors");
        ModelFile.write(model, file, ElementType.FLOAT32);
        var read = ModelFile.read(file);
        var outputs = Session.open(read).run(image, 1);

        assertThat(read.network()).isEqualTo(model.network());
        assertThat(outputs).hasSize(5).isEqualTo(Session.open(model).run(image, 1));
        var expected = new Interpreter(model).run(image);
        for (int i = 0; i < outputs.length; i++) {
            assertThat((double) outputs[i]).isEqualTo(expected[i], within(1e-5));
        }
    }
}
