package org.mobilenet4j.benchmarks.peers;

import java.util.LinkedHashMap;
import org.mobilenet4j.arch.Dropout;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.Tensor;
import org.mobilenet4j.train.optimize.Sgd;

/// The training task if two engines must do the same: a MobileNet that every engine supports, and SGD with momentum.
final class TrainingWorkload {
    /// The learning rate: small, so that many steps on one batch do not diverge to NaN.
    static final double RATE = 0.01;

    /// Decay of batch normalization's moving statistics.
    static final double BATCH_NORM_DECAY = 0.9;

    static final Sgd OPTIMIZER = new Sgd(0.9, false);

    private static final float MEAN = 2;

    private TrainingWorkload() {}

    /// With symmetric padding, as PyTorch needs a copy for any other, and without dropout, as each engine draws
    /// different random numbers.
    static Network network(double alpha, int resolution, int classes) {
        var whole = MobileNetV1.of(alpha, resolution, classes)
                .withPadding(Padding.SYMMETRIC)
                .network();
        if (!(whole.body() instanceof Sequence body)) {
            throw new IllegalStateException("MobileNet is a sequence of layers");
        }
        var layers = body.layers().stream()
                .filter(layer -> !(layer instanceof Dropout))
                .toList();
        return new Network(whole.name(), whole.input(), new Sequence("", layers));
    }

    /// Random weights from which two engines do not drift apart.
    ///
    /// If half of all values lie below zero, some lie so close to it that rounding decides their sign, and a
    /// gradient jumps by percents: there, even our own scalar and vector kernels differ that much. So the means of
    /// normalized values are set to 2, inside ReLU6's range, where still one in fifty is clipped.
    static Weights weights(Network network, long seed) {
        var tensors = new LinkedHashMap<>(Weights.random(network, seed).tensors());
        tensors.replaceAll((name, tensor) -> name.endsWith("/beta") ? raised(tensor.toArray()) : tensor);
        return new Weights(tensors);
    }

    private static Tensor raised(float[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] += MEAN;
        }
        return Tensor.of(values, values.length);
    }

    /// One-hot targets, one row per image. Neighboring images have different classes.
    static float[] targets(int batch, int classes) {
        var targets = new float[batch * classes];
        for (int image = 0; image < batch; image++) {
            targets[image * classes + image * 7 % classes] = 1;
        }
        return targets;
    }
}
