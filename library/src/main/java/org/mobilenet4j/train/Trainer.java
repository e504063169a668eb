package org.mobilenet4j.train;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.NetworkQuantization;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.parallel.StagedTask;
import org.mobilenet4j.parallel.Workers;
import org.mobilenet4j.train.graph.Backpropagation;
import org.mobilenet4j.train.graph.FakeQuantizedWeights;
import org.mobilenet4j.train.graph.FakeQuantizers;
import org.mobilenet4j.train.graph.OptimizerStep;
import org.mobilenet4j.train.graph.StageList;
import org.mobilenet4j.train.graph.StepWatch;
import org.mobilenet4j.train.graph.TrainingGraph;
import org.mobilenet4j.train.loss.Loss;
import org.mobilenet4j.train.optimize.ParameterLayout;

/// Trains a network step by step.
///
/// ```
/// var trainer = Trainer.of(network, Weights.random(network, 1), TrainerOptions.of(Recipe.DEFAULT));
/// double loss = trainer.step(images, targets, 128, 0.1);
/// ```
///
/// Not thread-safe; the threads of its options share each step. With the same seed, batches and number of threads,
/// the weights are the same, bit for bit. A step allocates nothing.
public final class Trainer {
    private static final double NORM_FLOOR = 1e-12;

    private final Network network;
    private final Recipe recipe;
    private final Loss loss;
    private final ParameterLayout layout;
    private final TrainerState state;
    private final float[] gradients;
    private final List<ParameterLayout.Place> trained;
    private final double[] bodyRates;
    private final double[] squares;
    private final FakeQuantizers ranges;
    private final TrainingGraph graph;
    private final Backpropagation backpropagation;
    private final StagedTask stages;
    private final StagedTask measurement;
    private final float[] measured;
    private final OptimizerStep optimizer;
    private final int shards;
    private long measuredBatches;
    private double rate;
    private double clip = 1;
    private float[] targets = {};
    private int count;

    /// @param kept the part of `network` that is kept after training; the others help it to learn
    Trainer(
            Network network,
            Network kept,
            Weights weights,
            TrainerOptions options,
            Optional<FakeQuantization> quantization,
            StepWatch watch) {
        weights.check(network);
        quantization.ifPresent(how -> how.check(network));
        this.network = network;
        this.recipe = options.recipe();
        this.loss = options.lossOf(network);
        this.layout = ParameterLayout.of(network);
        this.shards = Math.min(options.threads(), Workers.shared().count() + 1);
        this.state = new TrainerState(
                layout,
                recipe,
                quantization.map(how -> FakeQuantizers.size(how.maps())).orElse(0));
        layout.read(weights, state.values(), state.moving());
        state.start();
        this.gradients = new float[layout.trained()];
        this.trained = layout.trainedPlaces().stream()
                .filter(place -> options.isTrained().test(layerOf(place)))
                .toList();
        this.bodyRates = new double[trained.size()];
        var isBody = Transfer.isBody(kept);
        for (int i = 0; i < bodyRates.length; i++) {
            bodyRates[i] = isBody.test(layerOf(trained.get(i))) ? options.bodyRate() : 1;
        }
        this.squares = new double[shards];
        var kernels = watch.kernels(options.kernels());
        var graphOptions =
                new TrainingGraph.TrainingOptions(recipe.batch(), shards, kernels, options.isTrained(), options.seed());
        this.ranges = quantization
                .map(how -> new FakeQuantizers(how.maps(), how.rangeDecay(), network, state.ranges(), shards, kernels))
                .orElseGet(FakeQuantizers::new);
        this.graph = new TrainingGraph(network, layout, graphOptions, ranges);
        this.backpropagation = new Backpropagation(
                graph,
                graphOptions,
                loss,
                recipe.batchNormDecay(),
                state.values(),
                gradients,
                state.moving(),
                quantization
                        .map(how -> new FakeQuantizedWeights(
                                layout,
                                how.kernels().isPerChannel(),
                                how.kernels().isSymmetric(),
                                state.values(),
                                shards))
                        .orElse(null));
        var builder = new StageList.Builder();
        backpropagation.addTo(builder);
        var upkeep = options.constraint().over(layout, state.values());
        builder.alone(() -> upkeep.before(state.values(), gradients));
        if (recipe.clipNorm() > 0) {
            builder.add(shards, this::square);
            builder.alone(this::clip);
        }
        var updates = kernels.update();
        this.optimizer = new OptimizerStep(recipe.optimizer(), updates);
        builder.add(shards, this::update);
        builder.add(shards, share -> state.average(updates, share, shards));
        builder.alone(() -> upkeep.after(state.values(), state.averages(), state.step() + 1));
        this.stages = builder.build(shards, watch);
        this.measured = new float[layout.statistics()];
        var measuring = new StageList.Builder();
        backpropagation.addMeasurementTo(measuring, state.averages(), measured);
        this.measurement = measuring.build(shards);
    }

    /// A trainer that starts from `weights`.
    ///
    /// @throws IllegalArgumentException if the weights do not fit, the network does not end in one score per class,
    ///     or no layer is trained
    public static Trainer of(Network network, Weights weights, TrainerOptions options) {
        return new Trainer(network, network, weights, options, Optional.empty(), StepWatch.NONE);
    }

    /// A trainer for quantization-aware training that starts from `weights`.
    ///
    /// @throws IllegalArgumentException as [#of(Network, Weights, TrainerOptions)], and if `quantization` does not
    ///     fit the network
    public static Trainer of(Network network, Weights weights, TrainerOptions options, FakeQuantization quantization) {
        Objects.requireNonNull(network, "network");
        Objects.requireNonNull(weights, "weights");
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(quantization, "quantization");
        return new Trainer(network, network, weights, options, Optional.of(quantization), StepWatch.NONE);
    }

    private static String layerOf(ParameterLayout.Place place) {
        return place.name().substring(0, place.name().lastIndexOf('/'));
    }

    /// The network that is trained.
    public Network network() {
        return network;
    }

    /// The number of threads.
    public int threads() {
        return shards;
    }

    /// Bytes of all feature maps of a batch.
    long mapBytes() {
        return graph.mapBytes();
    }

    /// One step: forward pass, backward pass, weight update.
    ///
    /// @param images `newCount` images, dense NHWC
    /// @param newTargets a row for each image, as the loss expects it, with one value per class
    /// @param newCount number of images, up to the recipe's batch size
    /// @param newRate the learning rate
    /// @return the mean loss of the batch before the update
    public double step(float[] images, float[] newTargets, int newCount, double newRate) {
        check("images", images.length, newCount, network.input().elements());
        check("targets", newTargets.length, newCount, loss.targets(backpropagation.width()));
        if (newCount < 1 || newCount > recipe.batch()) {
            throw new BadValueException(
                    "a step takes 1 to " + recipe.batch() + " images, the recipe's batch size, not " + newCount);
        }
        rate = newRate;
        count = newCount;
        targets = newTargets;
        clip = 1;
        backpropagation.start(images, newTargets, newCount, state.step());
        stages.run();
        state.stepped();
        return backpropagation.loss();
    }

    /// Begins to measure the statistics of batch normalizations for the averaged weights.
    void startMeasurement() {
        System.arraycopy(state.averagedMoving(), 0, measured, 0, measured.length);
        measuredBatches = 0;
    }

    /// Measures the statistics on a batch; training is not affected.
    void measure(float[] images, int newCount) {
        check("images", images.length, newCount, network.input().elements());
        backpropagation.startMeasurement(images, newCount, measuredBatches, measured);
        measurement.run();
        measuredBatches++;
    }

    /// Whether there are statistics to measure.
    boolean hasStatistics() {
        return measured.length > 0;
    }

    /// A copy of the averaged weights, with the statistics measured since [#startMeasurement].
    Weights measuredWeights() {
        return layout.write(state.averages(), measured);
    }

    private static void check(String what, int length, int count, int each) {
        if (length < (long) count * each) {
            throw new BadValueException("the " + what + " of a step with " + count + " images need "
                    + (long) count * each + " values, not " + length);
        }
    }

    /// How many images of the last batch were classified correctly, before the update.
    public int hits() {
        int hits = 0;
        int width = backpropagation.width();
        int stride = loss.targets(width);
        for (int row = 0; row < count; row++) {
            int scored = loss.answer(backpropagation.outputs(), row * width, width);
            hits += scored == loss.wanted(targets, row * stride, width) ? 1 : 0;
        }
        return hits;
    }

    /// A copy of the current weights.
    public Weights weights() {
        return layout.write(state.values(), state.moving());
    }

    /// A copy of the moving average of the weights, which is what inference uses; the weights themselves if the
    /// recipe has no average.
    public Weights averagedWeights() {
        return layout.write(state.averages(), state.averagedMoving());
    }

    /// The quantization of the feature maps, in quantization-aware training.
    public Optional<NetworkQuantization> maps() {
        return ranges.isEmpty() ? Optional.empty() : Optional.of(ranges.stored());
    }

    /// All state that changes from step to step, to be saved and restored.
    public TrainerState state() {
        return state;
    }

    private int first(ParameterLayout.Place place, int shard) {
        return place.offset() + (int) ((long) place.size() * shard / shards);
    }

    private void square(int shard) {
        double sum = 0;
        for (int i = 0; i < trained.size(); i++) {
            var place = trained.get(i);
            for (int k = first(place, shard); k < first(place, shard + 1); k++) {
                sum += (double) gradients[k] * gradients[k];
            }
        }
        squares[shard] = sum;
    }

    private void clip() {
        double sum = 0;
        for (double square : squares) {
            sum += square;
        }
        clip = Math.min(1, recipe.clipNorm() / Math.max(Math.sqrt(sum), NORM_FLOOR));
    }

    private void update(int shard) {
        for (int i = 0; i < trained.size(); i++) {
            var place = trained.get(i);
            int from = first(place, shard);
            int to = first(place, shard + 1);
            if (clip < 1) {
                for (int k = from; k < to; k++) {
                    gradients[k] *= (float) clip;
                }
            }
            double penalty = recipe.penaltyOn(place);
            if (penalty > 0) {
                for (int k = from; k < to; k++) {
                    gradients[k] += (float) (penalty * Math.signum(state.values()[k]));
                }
            }
            optimizer.run(
                    state.values(),
                    gradients,
                    state.slots(),
                    from,
                    to,
                    rate * bodyRates[i],
                    recipe.decayOf(place),
                    state.step());
        }
    }

    /// Such as `Trainer[mobilenet-v1-0.25-96 on 96x96x3]`.
    @Override
    public String toString() {
        return "Trainer[" + network + "]";
    }
}
