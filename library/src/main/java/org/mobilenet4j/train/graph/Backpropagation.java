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
    private final double batchNormDecay;
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

    /// @param values the trained weights, read
    /// @param gradients with the same layout, written
    /// @param moving the moving statistics, updated
    Backpropagation(
            TrainingGraph graph,
            TrainingGraph.TrainingOptions options,
            Loss loss,
            double batchNormDecay,
            float[] values,
            float[] gradients,
            float[] moving) {
        this(graph, options, loss, batchNormDecay, values, gradients, moving, null);
    }

    /// @param rounding quantizes the weights before each batch
    public Backpropagation(
            TrainingGraph graph,
            TrainingGraph.TrainingOptions options,
            Loss loss,
            double batchNormDecay,
            float[] values,
            float[] gradients,
            float[] moving,
            @Nullable FakeQuantizedWeights rounding) {
        this.rounding = rounding;
        this.graph = graph;
        this.loss = loss;
        this.shards = options.shards();
        this.batchNormDecay = batchNormDecay;
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
    public void start(float[] images, float[] newTargets, int newCount, long batch) {
        graph.images().lend(images);
        targets = newTargets;
        count = newCount;
        Arrays.fill(losses, 0);
        for (int i = 0; i < graph.ops().size(); i++) {
            graph.ops().get(i).begin(batch);
        }
        for (int i = 0; i < graph.norms().size(); i++) {
            graph.norms().get(i).start(moving);
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
        addForward(stages);
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

    private void addForward(StageList.Builder stages) {
        if (rounding != null) {
            stages.add(shards, rounding::run);
        }
        var weights = rounding == null ? values : rounding.rounded();
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
                stages.alone(() -> norm.finishForward(pixels(op.output()), values, moving, batchNormDecay));
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
