package org.mobilenet4j.train.graph;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.kernel.Kernel;
import org.mobilenet4j.train.graph.StageLabel.Phase;
import org.mobilenet4j.train.loss.Loss;
import org.mobilenet4j.train.op.FeatureMap;
import org.mobilenet4j.train.op.TrainingOp;

/// Forward and backward pass of one batch: from images and targets to the loss and the gradients of all weights.
///
/// A batch is split into as many shards as there are threads; each shard sums its own gradients, and the shards are
/// added in order. So the result depends on the number of threads, but not on their timing.
public final class Backpropagation {
    private final TrainingGraph graph;
    private final Loss loss;
    private final int shards;
    private final int width;
    private final double mostDecay;
    private final float[] values;
    private final float[] gradients;
    private final float[] moving;
    /// Quantizes the trained weights for the operations; none in float training.
    private final @Nullable FakeQuantizedWeights rounding;

    private final float[][] scratch;
    private final float[] outputs;
    private final float[] outputGradients;
    private final double[] losses;
    private float[] targets = {};
    private int count;
    /// The decay of the moving statistics in this batch.
    private double decay;

    /// @param mostDecay the decay of the moving statistics after the first steps, see [#start]
    /// @param values the trained weights, read
    /// @param gradients with the same layout, written
    /// @param moving the moving statistics, updated
    Backpropagation(
            TrainingGraph graph,
            TrainingGraph.TrainingOptions options,
            Loss loss,
            double mostDecay,
            float[] values,
            float[] gradients,
            float[] moving) {
        this(graph, options, loss, mostDecay, values, gradients, moving, null);
    }

    /// @param rounding quantizes the weights before each batch
    public Backpropagation(
            TrainingGraph graph,
            TrainingGraph.TrainingOptions options,
            Loss loss,
            double mostDecay,
            float[] values,
            float[] gradients,
            float[] moving,
            @Nullable FakeQuantizedWeights rounding) {
        this.rounding = rounding;
        this.graph = graph;
        this.loss = loss;
        this.shards = options.shards();
        this.mostDecay = mostDecay;
        this.values = values;
        this.gradients = gradients;
        this.moving = moving;
        this.width = graph.scores().shape.channels();
        int most = graph.ops().stream().mapToInt(TrainingOp::scratch).max().orElse(0);
        this.scratch = new float[shards][Kernel.LEAD + most];
        this.outputs = new float[options.batch() * width];
        this.outputGradients = new float[options.batch() * width];
        this.losses = new double[shards];
    }

    /// The scores of the last batch, `width` for each image.
    public float[] outputs() {
        return outputs;
    }

    public int width() {
        return width;
    }

    /// Sets the next batch: `newCount` images, dense NHWC, and one row of targets for each, as the loss expects them.
    ///
    /// @param batch counted from 0; the moving statistics follow the first batches with the smaller decay
    ///     `(1 + batch) / (10 + batch)`, as they start from no photo at all
    public void start(float[] images, float[] newTargets, int newCount, long batch) {
        targets = newTargets;
        Arrays.fill(losses, 0);
        start(images, newCount, batch, Math.min(mostDecay, (1.0 + batch) / (10.0 + batch)), moving);
    }

    /// Sets the next batch of a pass that only measures statistics: their mean over the batches.
    ///
    /// @param batch counted from 0
    /// @param measured as given to [#addMeasurementTo]
    public void startMeasurement(float[] images, int newCount, long batch, float[] measured) {
        start(images, newCount, batch, batch / (batch + 1.0), measured);
    }

    private void start(float[] images, int newCount, long batch, double newDecay, float[] statistics) {
        graph.images().lend(images);
        count = newCount;
        decay = newDecay;
        for (int i = 0; i < graph.ops().size(); i++) {
            graph.ops().get(i).begin(batch);
        }
        for (int i = 0; i < graph.norms().size(); i++) {
            graph.norms().get(i).start(statistics);
        }
        graph.ranges().start();
    }

    /// The mean loss of the batch.
    public double loss() {
        double sum = 0;
        for (double share : losses) {
            sum += share;
        }
        return sum / count;
    }

    private int first(int shard) {
        return (int) ((long) count * shard / shards);
    }

    /// Adds all stages of one batch.
    public void addTo(StageList.Builder stages) {
        stages.begin(StageLabel.ALL, Phase.PREPARE);
        if (rounding != null) {
            stages.add(shards, rounding::run);
        }
        addForward(stages, rounding == null ? values : rounding.rounded(), moving);
        stages.begin(StageLabel.ALL, Phase.LOSS);
        stages.add(shards, this::computeLoss);
        addBackward(stages);
        stages.begin(StageLabel.ALL, Phase.UPDATE);
        stages.add(shards, shard -> {
            for (int i = shard; i < graph.ops().size(); i += shards) {
                graph.ops().get(i).collect(gradients);
            }
        });
    }

    /// Adds the stages of a forward pass that measures the statistics of batch normalizations; those that are frozen
    /// stay as they are.
    ///
    /// @param weights with the layout of the trained ones, read
    /// @param measured with the layout of the moving statistics, updated
    public void addMeasurementTo(StageList.Builder stages, float[] weights, float[] measured) {
        addForward(stages, weights, measured);
    }

    private void addForward(StageList.Builder stages, float[] weights, float[] statistics) {
        stages.add(shards, shard -> {
            for (int i = shard; i < graph.ops().size(); i += shards) {
                graph.ops().get(i).prepare(weights);
            }
        });
        for (var op : graph.ops()) {
            stages.begin(graph.layer(op), Phase.FORWARD);
            stages.add(shards, shard -> op.forward(first(shard), first(shard + 1), shard, scratch[shard]));
            var norm = op.output().norm;
            if (norm != null) {
                stages.alone(() -> norm.finishForward(pixels(op.output()), weights, statistics, decay));
            }
            var range = op.output().range();
            if (range != null) {
                stages.alone(range::finish);
            }
        }
    }

    private long pixels(FeatureMap map) {
        return (long) count * map.shape.pixels();
    }

    private void addBackward(StageList.Builder stages) {
        for (var op : graph.ops().reversed()) {
            if (!op.output().wantsGradient()) {
                continue;
            }
            stages.begin(graph.layer(op), Phase.BACKWARD);
            var norm = op.output().norm;
            if (norm != null) {
                stages.alone(() -> norm.finishBackward(pixels(op.output()), values, gradients));
            }
            stages.add(shards, shard -> op.backward(first(shard), first(shard + 1), shard, scratch[shard]));
        }
    }

    private void computeLoss(int shard) {
        int from = first(shard);
        int to = first(shard + 1);
        var scores = graph.scores();
        for (int row = from; row < to; row++) {
            System.arraycopy(scores.values(), scores.at(row), outputs, row * width, width);
        }
        losses[shard] = loss.run(outputs, targets, outputGradients, from, to, width, count);
        for (int row = from; row < to; row++) {
            int at = scores.at(row);
            System.arraycopy(outputGradients, row * width, scores.gradient(), at, width);
            Arrays.fill(scores.gradient(), at + width, at + scores.stride, 0f);
        }
    }
}
