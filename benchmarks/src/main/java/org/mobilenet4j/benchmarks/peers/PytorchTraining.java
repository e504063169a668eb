package org.mobilenet4j.benchmarks.peers;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.train.optimize.Optimizer;

/// A MobileNet in training with PyTorch through DJL: what `org.mobilenet4j.train.Trainer` does, as an oracle and as a
/// peer.
///
/// What a step makes belongs to a manager that lives as long as the step, so that PyTorch's memory does not wait for
/// Java's collector.
final class PytorchTraining implements AutoCloseable {
    private final Engine engine = Engine.getEngine("PyTorch");
    private final NDManager manager = engine.newBaseManager(Device.cpu());
    private final org.mobilenet4j.tensor.Shape input;
    private final PytorchParameters parameters;
    private final PytorchLayers layers;
    private final PytorchOptimizer optimizer;

    /// @param network a MobileNet without dropout, its padding symmetric
    /// @param batchNormDecay of batch normalization's moving statistics
    PytorchTraining(Network network, Weights weights, Optimizer optimizer, double batchNormDecay) {
        this.input = network.input();
        this.parameters = new PytorchParameters(manager, network, weights);
        this.layers = new PytorchLayers(network, parameters, batchNormDecay);
        this.optimizer = new PytorchOptimizer(optimizer, parameters.trained());
    }

    /// One step.
    ///
    /// @param images `count` images, dense NHWC
    /// @param targets a row for each image with a share for each class
    /// @return the mean softmax cross-entropy of the batch before the step
    double step(float[] images, float[] targets, int count, double rate) {
        double loss;
        try (var own = manager.newSubManager()) {
            var batch = own.create(images, new Shape(count, input.height(), input.width(), input.channels()));
            var wanted = own.create(targets, new Shape(count, targets.length / count));
            try (var collector = engine.newGradientCollector()) {
                var scores = layers.scores(batch.transpose(0, 3, 1, 2));
                var mean = scores.logSoftmax(1).mul(wanted).sum().mul(-1f / count);
                collector.backward(mean);
                loss = mean.getFloat();
            }
        }
        optimizer.update(rate);
        return loss;
    }

    /// A copy of all weights as they are, moving statistics too.
    Weights weights() {
        return parameters.weights();
    }

    /// PyTorch's version, as DJL states it.
    String version() {
        return engine.getVersion();
    }

    @Override
    public void close() {
        manager.close();
    }
}
