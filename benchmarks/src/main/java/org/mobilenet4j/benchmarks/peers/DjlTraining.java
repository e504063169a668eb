package org.mobilenet4j.benchmarks.peers;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.BilinearResize;
import org.mobilenet4j.arch.ChannelShuffle;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.Dropout;
import org.mobilenet4j.arch.Flatten;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.LocalResponseNorm;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Node;
import org.mobilenet4j.arch.Nonlinearity;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Prelu;
import org.mobilenet4j.arch.Requantize;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Sigmoid;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.arch.ZeroPad;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.train.optimize.Sgd;

/// A MobileNet trained with DJL as its documentation shows: DJL's blocks, trainer and optimizer, on PyTorch.
/// [PytorchTraining] does the same with PyTorch's operations directly.
final class DjlTraining implements AutoCloseable {
    private final Model model = Model.newInstance("mobilenet", Device.cpu(), "PyTorch");
    private final Trainer trainer;
    private final org.mobilenet4j.tensor.Shape input;

    /// @param network a MobileNet without dropout and with symmetric padding
    /// @param rate the learning rate of all steps
    /// @param batchNormDecay decay of batch normalization's moving statistics
    DjlTraining(Network network, Weights weights, Sgd optimizer, double rate, double batchNormDecay, int batch) {
        this.input = network.input();
        var blocks = new SequentialBlock();
        for (var node : network.nodes()) {
            if (!(node.layer() instanceof Softmax)) { // part of the loss
                add(blocks, node, (float) batchNormDecay);
            }
        }
        model.setBlock(blocks);
        this.trainer =
                model.newTrainer(new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss("loss", 1, -1, false, true))
                        .optDevices(new Device[] {Device.cpu()})
                        .optOptimizer(Optimizer.sgd()
                                .setLearningRateTracker(Tracker.fixed((float) rate))
                                .optMomentum((float) optimizer.momentum())
                                .build()));
        trainer.initialize(new Shape(batch, input.channels(), input.height(), input.width()));
        copy(network, weights);
    }

    private static void add(SequentialBlock blocks, Node node, float batchNormDecay) {
        switch (node.layer()) {
            case Conv conv when conv.groups() == 1 -> blocks.add(conv(node, conv.window(), 1));
            case DepthwiseConv conv ->
                blocks.add(conv(node, conv.window(), node.input().channels()));
            case BatchNorm norm ->
                blocks.add(ai.djl.nn.norm.BatchNorm.builder()
                        .optEpsilon((float) norm.epsilon())
                        .optMomentum(batchNormDecay)
                        .build());
            case Activation activation
            when activation.equals(Activation.relu6(node.name())) ->
                blocks.add(maps -> new NDList(maps.singletonOrThrow().clip(0, 6)));
            case GlobalAveragePool _ -> blocks.add(Pool.globalAvgPool2dBlock());
            case Dense dense ->
                blocks.add(Linear.builder().setUnits(dense.units()).build());
            case Conv _,
                    Activation _,
                    org.mobilenet4j.arch.Pool _,
                    Flatten _,
                    Dropout _,
                    Softmax _,
                    Sigmoid _,
                    Nonlinearity _,
                    Prelu _,
                    LocalResponseNorm _,
                    ChannelShuffle _,
                    ZeroPad _,
                    BilinearResize _,
                    Requantize _,
                    Sequence _,
                    Parallel _ -> throw new IllegalArgumentException(node.name() + " is not supported here");
        }
    }

    private static Block conv(Node node, Window window, int groups) {
        return Conv2d.builder()
                .setKernelShape(new Shape(window.height(), window.width()))
                .setFilters(node.output().channels())
                .optStride(new Shape(window.strideRows(), window.strideColumns()))
                .optPadding(new Shape(window.top(node.input()), window.left(node.input())))
                .optGroups(groups)
                .optBias(node.parameters().size() > 1)
                .build();
    }

    /// The parameters of DJL's blocks come in the same order as ours.
    private void copy(Network network, Weights weights) {
        try (var own = model.getNDManager().newSubManager()) {
            var ours = new PytorchParameters(own, network, weights);
            var names = network.parameters().keySet().iterator();
            for (var parameter : model.getBlock().getParameters().values()) {
                ours.get(names.next()).copyTo(parameter.getArray());
            }
        }
    }

    /// One step, as [PytorchTraining#step], at the learning rate given to the constructor.
    double step(float[] images, float[] targets, int count) {
        double loss;
        try (var own = trainer.getManager().newSubManager()) {
            var batch = own.create(images, new Shape(count, input.height(), input.width(), input.channels()))
                    .transpose(0, 3, 1, 2);
            var wanted = own.create(targets, new Shape(count, targets.length / count));
            batch.attach(own);
            try (var collector = trainer.newGradientCollector()) {
                var scores = trainer.forward(new NDList(batch));
                var mean = trainer.getLoss().evaluate(new NDList(wanted), scores);
                collector.backward(mean);
                loss = mean.getFloat();
                scores.close();
                mean.close();
            }
        }
        trainer.step();
        return loss;
    }

    /// PyTorch's version, as reported by DJL.
    String version() {
        return ai.djl.engine.Engine.getEngine("PyTorch").getVersion();
    }

    @Override
    public void close() {
        trainer.close();
        model.close();
    }
}
