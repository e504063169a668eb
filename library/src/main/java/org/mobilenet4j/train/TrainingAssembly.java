package org.mobilenet4j.train;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.SequencedMap;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.data.batch.Batch;
import org.mobilenet4j.data.batch.BatchSpec;
import org.mobilenet4j.data.batch.Batches;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.train.graph.StepWatch;

/// Creates the parts of a training run: its trainer, its batches, the resulting model, and the identity of the run.
///
/// @param setup describes the training
public record TrainingAssembly(TrainingSetup setup) {
    public TrainingAssembly {
        Objects.requireNonNull(setup, "setup");
    }

    /// Batches of training photos that the statistics of the kept weights are measured on, if there are as many.
    private static final int MEASURED_BATCHES = 8;

    /// The network that the trainer sees: with a teacher, it may have more layers than the one that is kept.
    private Network trained() {
        var network = setup.start().network();
        return setup.teacher().map(it -> it.trained(network)).orElse(network);
    }

    /// The initial weights of that network.
    private Weights weights(Network trained) {
        var own = setup.start().weights();
        return trained.equals(setup.start().network())
                ? own
                : Transfer.adopt(InitialWeights.of(trained, setup.options().seed()), own);
    }

    /// A trainer before its first step.
    ///
    /// @throws IllegalArgumentException as [Trainer] states
    public Trainer trainer() {
        var trained = trained();
        var weights = weights(trained);
        return new Trainer(
                trained, setup.start().network(), weights, setup.options(), setup.quantization(), StepWatch.NONE);
    }

    /// How photos become batches for the trainer, and for the teacher if it preprocesses them differently.
    public BatchSpec batches() {
        var options = setup.options();
        var spec = new BatchSpec(
                setup.start().network().input(),
                setup.start().preprocessing(),
                setup.augmentation(),
                options.recipe().batch(),
                options.seed(),
                options.threads());
        if (setup.boxes().isPresent()) {
            return spec.withBoxes(setup.boxes().get().targets());
        }
        return setup.teacher().flatMap(Teacher::rendering).map(spec::withSecond).orElse(spec);
    }

    /// Measures models on the validation photos.
    ///
    /// @throws IllegalArgumentException if there are none, or they do not fit
    Validator validator() {
        return setup.boxes().isPresent()
                ? setup.boxes().get().validator()
                : new ClassValidator(Batches.validation(setup.photos().validation(), batches()));
    }

    /// The source of a batch's targets: its labels, or the teacher.
    public Teacher.Lessons lessons() {
        var options = setup.options();
        int classes = setup.photos().train().labels().size();
        return setup.teacher()
                .map(teacher -> teacher.open(options.recipe().batch(), classes, options.threads()))
                .orElse(Batch::targets);
    }

    /// The model that `trainer` has learned, for inference: the averaged weights, with the statistics of batch
    /// normalizations measured for them on batches of training photos. The moving statistics belong to the
    /// weights of the last steps, or, in a short training, to none.
    ///
    /// @param epoch whose first batches are taken
    Model model(Trainer trainer, int epoch) throws IOException {
        if (trainer.hasStatistics()) {
            measure(trainer, epoch);
        }
        var floats = model(trainer.hasStatistics() ? trainer.measuredWeights() : trainer.averagedWeights());
        return setup.quantization()
                .map(how -> how.ending().quantize(floats, trainer.maps().orElseThrow()))
                .orElse(floats);
    }

    private void measure(Trainer trainer, int epoch) throws IOException {
        trainer.startMeasurement();
        try (var photos = Batches.training(setup.photos().train(), batches().withoutSecond())) {
            photos.start(epoch);
            for (int i = 0; i < Math.min(MEASURED_BATCHES, photos.perEpoch()); i++) {
                photos.next().ifPresent(batch -> trainer.measure(batch.images(), batch.count()));
            }
        }
    }

    /// The model made from `weights`, restricted to the tensors of its network.
    public Model model(Weights weights) {
        var start = setup.start();
        return start.withNetwork(start.network(), weights.only(start.network()))
                .withLabels(setup.photos().train().labels());
    }

    /// What must be unchanged when training resumes from a checkpoint.
    ///
    /// @param threads number of threads of each step
    SequencedMap<String, String> identity(int threads) {
        var trained = trained();
        var photos = setup.photos().train();
        var options = setup.options();
        var identity = new LinkedHashMap<String, String>();
        identity.put("network", trained.toString());
        // Of the text, as hash codes of enum constants differ from process to process.
        identity.put("tensors", String.valueOf(trained.parameters().toString().hashCode()));
        identity.put("data", photos.labels().hashCode() + "/" + photos.size());
        identity.put("recipe", recipe(options));
        identity.put("augmentation", setup.augmentation().toString());
        setup.boxes().ifPresent(task -> identity.put("boxes", task.targets().toString()));
        identity.put("loss", options.lossOf(trained).toString());
        setup.teacher().ifPresent(it -> identity.put("teacher", it.identity()));
        setup.quantization().ifPresent(how -> identity.put("quantization", how.toString()));
        identity.put("seed", String.valueOf(options.seed()));
        identity.put("threads", String.valueOf(threads));
        return identity;
    }

    private static String recipe(TrainerOptions options) {
        var settings = options.recipe().settings().toString();
        var constraint = options.constraint();
        return constraint.equals(WeightConstraint.NONE) ? settings : settings + " with " + constraint;
    }
}
