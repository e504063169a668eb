package org.mobilenet4j.benchmarks.peers;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.train.optimize.Optimizer;

/// A MobileNet trained with PyTorch through DJL: does the same as `org.mobilenet4j.train.Trainer`, as an oracle and
/// as a peer.
///
/// The arrays of a step belong to a manager that lives as long as the step, so that PyTorch's memory does not wait
/// for Java's garbage collector.
final class PytorchTraining implements AutoCloseable {
    private final Engine engine = Engine.getEngine("PyTorch");
    private final NDManager manager = engine.newBaseManager(Device.cpu());
    private final org.mobilenet4j.tensor.Shape input;
    private final PytorchParameters parameters;
    private final PytorchLayers layers;
    private final PytorchOptimizer optimizer;

    /// @param network a MobileNet without dropout and with symmetric padding
    /// @param batchNormDecay decay of batch normalization's moving statistics
    PytorchTraining(Network network, Weights weights, Optimizer optimizer, double batchNormDecay) {
        this.input = network.input();
        this.parameters = new PytorchParameters(manager, network, weights);
        this.layers = new PytorchLayers(network, parameters, batchNormDecay);
        this.optimizer = new PytorchOptimizer(optimizer, parameters.trained());
    }

    /// One step.
    ///
    /// @param images `count` images, dense NHWC
    /// @param targets one row per image, with the target probability of each class
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

    /// A copy of all weights, including moving statistics.
    Weights weights() {
        return parameters.weights();
    }

    /// PyTorch's version, as reported by DJL.
    String version() {
        return engine.getVersion();
    }

    @Override
    public void close() {
        manager.close();
    }
}
