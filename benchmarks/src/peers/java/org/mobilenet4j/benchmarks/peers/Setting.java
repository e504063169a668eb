package org.mobilenet4j.benchmarks.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.formats.ModelFormats;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;

/// What is measured: a network, and how it runs.
///
/// @param alpha width multiplier
/// @param resolution side of an image
/// @param file a quantized network to take instead; null for MobileNet v1 with random weights
/// @param batch images per run
/// @param threads of each engine
record Setting(
        Task task, double alpha, int resolution, @Nullable Path file, int batch, int threads) {
    private static final int CLASSES = 1000;
    private static final long SEED = 1704_04861;

    /// The network as it is measured, but for batch normalization, which is not folded.
    Model model() throws IOException {
        if (file != null) {
            var model = ModelFormats.read(file);
            if (model.quantization().isEmpty()) {
                throw new IOException(file + " is not quantized; leave out --quantized");
            }
            return model;
        }
        if (task == Task.DETECTION) {
            return DetectionWorkload.model(alpha, resolution, SEED);
        }
        if (task == Task.TRAINING) {
            var network = TrainingWorkload.network(alpha, resolution, CLASSES);
            return new Model(network, TrainingWorkload.weights(network, SEED), List.of(), Preprocessing.TF_SLIM);
        }
        var network = MobileNetV1.of(alpha, resolution, CLASSES).network();
        var floats = new Model(network, Weights.random(network, SEED), List.of(), Preprocessing.TF_SLIM);
        return task == Task.QUANTIZED
                ? QuantizedWorkload.quantized(floats, images(network.input().elements()))
                : floats;
    }

    /// This setting with the network in a file.
    Setting withFile(Path network) {
        return new Setting(task, alpha, resolution, network, batch, threads);
    }

    /// The random images of a run.
    float[] images(Model model) {
        if (task.detects()) {
            return DetectionWorkload.photo(SEED);
        }
        return images(Math.multiplyExact(batch, model.network().input().elements()));
    }

    private static float[] images(int size) {
        var random = new SplittableRandom(SEED);
        var images = new float[size];
        for (int i = 0; i < size; i++) {
            images[i] = (float) random.nextDouble(-1, 1);
        }
        return images;
    }

    @Override
    public String toString() {
        var network = file != null
                ? file.getFileName().toString()
                : String.format(
                        Locale.ROOT,
                        (task.detects() ? "SSD on " : "") + "MobileNet v1%s, alpha %s, %d x %d",
                        switch (task) {
                            case INFERENCE, DETECTION -> "";
                            case QUANTIZED, QUANTIZED_DETECTION -> " in INT8";
                            case TRAINING -> " in training";
                        },
                        alpha,
                        resolution,
                        resolution);
        return network + ", batch " + batch + ", threads " + threads;
    }
}
