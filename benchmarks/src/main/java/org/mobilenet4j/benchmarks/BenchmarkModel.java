package org.mobilenet4j.benchmarks;

import java.util.List;
import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;

/// The model that is measured; its speed does not depend on its weights.
final class BenchmarkModel {
    private static final int CLASSES = 1000;

    private BenchmarkModel() {}

    /// MobileNet with random weights.
    static Model mobileNet(double alpha, int resolution) {
        var network = MobileNetV1.of(alpha, resolution, CLASSES).network();
        return new Model(network, Weights.random(network, 1), List.of(), Preprocessing.TF_SLIM);
    }
}
