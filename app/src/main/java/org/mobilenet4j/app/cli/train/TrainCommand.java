package org.mobilenet4j.app.cli.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.app.cli.options.FormatOption;
import org.mobilenet4j.app.cli.options.ModelSource;
import org.mobilenet4j.app.cli.options.NetworkNames;
import org.mobilenet4j.app.cli.options.NetworkOptions;
import org.mobilenet4j.app.cli.options.TaskOption;
import org.mobilenet4j.app.cli.options.TaskOption.Task;
import org.mobilenet4j.app.cli.text.Encoding;
import org.mobilenet4j.app.cli.text.JsonText;
import org.mobilenet4j.app.cli.text.PlainText;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.data.DataSet;
import org.mobilenet4j.data.Split;
import org.mobilenet4j.data.Subset;
import org.mobilenet4j.data.augment.Augmentation;
import org.mobilenet4j.fit.StartingModel;
import org.mobilenet4j.fit.Training;
import org.mobilenet4j.formats.ModelFormats;
import org.mobilenet4j.formats.dataset.DataSets;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.file.ModelFile;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.text.Count;
import org.mobilenet4j.train.InitialWeights;
import org.mobilenet4j.train.Recipe;
import org.mobilenet4j.train.TrainerOptions;
import org.mobilenet4j.train.TrainingSetup;
import org.mobilenet4j.train.Transfer;
import org.mobilenet4j.train.UnfoldedModel;
import org.mobilenet4j.train.ValidationSchedule;
import org.mobilenet4j.train.head.HeadFit;
import org.mobilenet4j.train.loss.WeightedClasses;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `mobilenet train`: trains a network on photos.
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Train a network on photos.",
            "DATA is a folder with a subfolder per class, zip or tar archives of such folders, a CSV file of names and"
                    + " labels, or"
                    + " IDX files; with --task detect, photos with boxes in COCO's, Pascal VOC's or YOLO's form or as CSV."
                    + " --out keeps the weights of the best epoch."
        },
        footerHeading = "%nFiles written for --out flowers.safetensors:%n",
        footer = {
            "  flowers.safetensors  the model of the epoch that is best so far on the validation photos",
            "  flowers.checkpoint   for --resume; saved every three minutes and when the command is stopped",
            "  flowers-metrics.csv  a line per epoch",
            "  flowers-curves.png   a chart of the same metrics",
            "",
            "The columns of --profile are the ms of a step, its share, and operations (a mult-add counts as two) and bytes"
                    + " per second on all threads; reached is the fraction of the machine's peak, or of its bandwidth for"
                    + " reading as much as a batch's maps have, whichever takes longer. Bytes that come from a faster cache"
                    + " can exceed it.",
            "",
            "Examples:",
            "  mobilenet train my-photos --out my.safetensors --network mobilenet-v1:0.25:128",
            "  mobilenet train my-photos --out my.safetensors --init default",
            "  mobilenet train my-photos --out my.safetensors --init default --head-only",
            "  mobilenet train my-photos --out small.safetensors --network mobilenet-v1:0.25:128 --teacher"
                    + " my.safetensors",
            "  mobilenet train my-boxes --task detect --out my.safetensors --init default",
            "  mobilenet train --profile --network mobilenet-v1:0.25:96 --batch 32",
            "  mobilenet train data/train-*.tar.gz --validation data/val.tar.gz --out tiny.safetensors"
                    + " --network mobilenet-v1:0.5:64 --strides 2,1,1,1,2,1,2,1,1,1,1,1,2,1 --epochs 30"
        })
public final class TrainCommand implements Callable<Integer> {
    private static final String DEFAULT_NETWORK = "mobilenet-v1:0.5:128";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final TaskOption task = new TaskOption();

    @Parameters(paramLabel = "DATA", arity = "0..*", description = "A folder, archives, a CSV file or IDX files.")
    private List<Path> data = List.of();

    @Option(names = "--out", paramLabel = "FILE", description = "The trained model, a .safetensors file.")
    private @Nullable Path out;

    @Mixin
    private final DataOptions photos = new DataOptions();

    @Option(names = "--only", paramLabel = "CLASS", split = ",", description = "Use only these classes (default: all).")
    private Set<String> only = Set.of();

    @Option(
            names = "--network",
            paramLabel = "NETWORK",
            completionCandidates = NetworkNames.class,
            description = NetworkOptions.NETWORK + " Without it, " + DEFAULT_NETWORK + ", or that of --init.")
    private @Nullable String network;

    @Mixin
    private final NetworkOptions options = new NetworkOptions();

    @Option(
            names = "--init",
            paramLabel = "MODEL",
            description = "Start from this model's weights: a file, the name of a pulled model, or default.")
    private @Nullable Path init;

    @Option(
            names = "--freeze",
            paramLabel = "LAYER",
            description = "Freeze this layer, such as conv_pw_11_relu, and all layers before it (default: none).")
    private @Nullable String freeze;

    @Option(
            names = "--head-only",
            description = "Fit only the last layer of --init: every photo passes through the body once, in seconds.")
    private boolean isHeadOnly;

    @Option(
            names = "--body-rate",
            paramLabel = "SHARE",
            description = "Learning rate of all layers except the last, relative to --rate (default: 1).")
    private double bodyRate = 1;

    @Option(
            names = "--balanced",
            description = "Weigh the loss so that all classes count the same, however many photos they have.")
    private boolean isBalanced;

    @Option(
            names = "--no-sweep",
            description = "Train on the photos too that are held out of large sets to compare crops and resolutions.")
    private boolean isWithoutSweep;

    @Mixin
    private final TeacherOptions teacher = new TeacherOptions();

    @Mixin
    private final RecipeOptions recipes = new RecipeOptions();

    @Mixin
    private final RunOptions running = new RunOptions();

    @Mixin
    private final DetectorOptions detectors = new DetectorOptions();

    @Mixin
    private final ProfileOptions profiling = new ProfileOptions();

    @Mixin
    private final FormatOption format = new FormatOption();

    private @Nullable CropSweep sweep;

    @Override
    public Integer call() throws IOException {
        boolean isDetector = task.task().orElse(Task.CLASSIFY) == Task.DETECT;
        if (profiling.isProfile() && !isDetector) {
            return profile();
        }
        if (data.isEmpty() || out == null) {
            throw usage("give the photos, DATA, and the trained model's file, --out FILE");
        }
        if (isDetector) {
            return detector(out);
        }
        if (isHeadOnly) {
            return fitHead(out);
        }
        var outcome = running.run(setup(), out, spec.commandLine().getErr());
        spec.commandLine().getOut().print(format.isJson() ? JsonText.of(outcome.result()) : outcome.text());
        var swept = sweep;
        if (swept != null && outcome.isDone() && outcome.hasModel()) {
            spec.commandLine().getErr().print(swept.text(ModelFile.read(out), photos.threads()));
        }
        return 0;
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private int detector(Path file) throws IOException {
        var foreign = DetectorOptions.foreign(
                name -> spec.commandLine().getParseResult().hasMatchedOption(name));
        if (foreign.isPresent()) {
            throw usage(foreign.get() + " is for classifiers; leave it out with --task detect");
        }
        var outcome = running.run(detectorSetup(), file, spec.commandLine().getErr());
        spec.commandLine()
                .getOut()
                .print(format.isJson() ? JsonText.of(DetectorResult.of(outcome.result())) : outcome.text());
        return 0;
    }

    private TrainingSetup detectorSetup() throws IOException {
        var err = spec.commandLine().getErr();
        var train = detectors.photos(data);
        var validation = detectors.validation(photos.validationPath(), data.getFirst());
        DetectorOptions.require(train);
        DetectorOptions.print(train, err);
        validation.ifPresent(some -> DetectorOptions.print(some, err));
        var base = init == null ? null : new ModelSource(init).read();
        var chosen = detectors.network(network, options, base, train.labels().size());
        var training = detectors
                .training(train, photos.boxAugmentation(), running.patience())
                .network(chosen)
                .recipe(recipes.recipe("detection"))
                .seed(photos.seed())
                .threads(photos.threads());
        training = base == null ? training : training.from(base);
        training = validation.isEmpty() ? training : training.validation(validation.get());
        var setup = training.setup();
        err.println(train.labels().size() + " classes (" + PlainText.of(train.classCounts()) + "), "
                + Count.of(setup.photos().train().size(), "photo") + " to learn from, "
                + setup.photos().validation().size() + " to validate on");
        err.flush();
        return setup;
    }

    private int profile() throws IOException {
        if (isHeadOnly || running.isResumed() || teacher.isGiven()) {
            throw usage(
                    "--profile times a step of an ordinary training; leave out --head-only, --resume and --teacher");
        }
        var base = init == null ? null : new ModelSource(init).read();
        var chosen = base == null || network != null
                ? options.network(network == null ? DEFAULT_NETWORK : network)
                : base.network();
        var report = profiling.run(chosen, trainerOptions(chosen, recipe(base, chosen)));
        spec.commandLine()
                .getOut()
                .print(
                        format.isJson()
                                ? JsonText.of(report)
                                : StepProfileText.of(report, Encoding.hasBlocks("stdout")));
        return 0;
    }

    private Recipe recipe(@Nullable Model base, Network chosen) {
        return recipes.recipe(base == null ? "default" : Recipe.forFineTuning(chosen));
    }

    private TrainerOptions trainerOptions(Network chosen, Recipe recipe) {
        var trainer = TrainerOptions.of(recipe)
                .withThreads(photos.threads())
                .withSeed(photos.seed())
                .withBodyRate(bodyRate);
        return freeze == null ? trainer : trainer.withTrained(Transfer.after(chosen, freeze));
    }

    private int fitHead(Path file) throws IOException {
        if (init == null || freeze != null || running.isResumed() || teacher.isGiven() || recipes.areGiven()) {
            throw usage("--head-only fits the last layer of --init MODEL; give --init, and no --freeze, --resume,"
                    + " --teacher or"
                    + " recipe options");
        }
        long start = System.nanoTime();
        var setup = setup();
        SplitSummary.of(setup.photos()).print(spec.commandLine().getErr());
        var fit = HeadFit.of(setup);
        ModelFormats.write(fit.model(), file, ElementType.FLOAT32);
        var report = HeadReport.of(fit, file, (System.nanoTime() - start) / 1e9);
        spec.commandLine().getOut().print(format.isJson() ? JsonText.of(report) : report.text(fit));
        return 0;
    }

    private TrainingSetup setup() throws IOException {
        var teaching = teacher.read();
        var split = heldOut(split(teaching));
        var starting = new StartingModel(spec.commandLine().getErr()::println, photos.seed(), photos.threads());
        var base = init == null ? null : new ModelSource(init).read();
        boolean isUnfolded = base != null && !isHeadOnly && UnfoldedModel.isPossible(base);
        if (base != null && isUnfolded) {
            base = starting.unfolded(base, split.train());
        }
        var chosen = teacher.fit(network(base, split.train()), teaching);
        var augmentation = photos.augmentation(split.train(), chosen.input());
        var recipe = isUnfolded ? recipes.recipe("unfolded") : recipe(base, chosen);
        var setup = new TrainingSetup(
                        new Model(
                                chosen,
                                base == null
                                        ? InitialWeights.of(chosen, photos.seed())
                                        : starting.weights(chosen, base),
                                List.of(),
                                base == null ? Training.PREPROCESSING : base.preprocessing(),
                                notes(recipe, augmentation, split)),
                        split,
                        augmentation,
                        trainerOptions(chosen, recipe))
                .with(ValidationSchedule.withPatience(running.patience()));
        boolean isAsItWas = base == null || isHeadOnly || running.isResumed() || teacher.isGiven();
        return balanced(isAsItWas ? teacher.teach(setup, teaching) : starting.fitted(setup));
    }

    private TrainingSetup balanced(TrainingSetup setup) {
        return isBalanced
                ? setup.withLoss(new WeightedClasses(
                        setup.options().lossOf(setup.start().network()),
                        WeightedClasses.balanced(setup.photos().train().counts())))
                : setup;
    }

    /// `split` without the photos for the sweep, if there are enough. The caches of teachers count all photos.
    private Split heldOut(Split split) {
        if (isHeadOnly || isWithoutSweep || teacher.isGiven() || !CropSweep.isPossible(split.train())) {
            return split;
        }
        sweep = CropSweep.of(split.train(), photos.seed());
        spec.commandLine()
                .getErr()
                .println(Count.of(sweep.heldOut().size(), "photo")
                        + " held out to compare crops and resolutions in the end (--no-sweep trains on them too)");
        return new Split(sweep.train(), split.validation());
    }

    private Network network(@Nullable Model base, DataSet learned) {
        int classes = learned.labels().size();
        if (base != null && network == null && !options.chooseNetwork()) {
            return options.applied(Transfer.withClasses(base.network(), classes));
        }
        return options.networkFor(network == null ? DEFAULT_NETWORK : network, classes);
    }

    private Split split(@Nullable Model teaching) throws IOException {
        var all = teacher.photos(data, teaching, photos.threads());
        var own = photos.validationPath();
        var given = own.isPresent()
                ? Optional.of(teacher.photos(List.of(own.get()), teaching, photos.threads()))
                : data.size() == 1 && !teacher.isUnlabeled()
                        ? DataSets.validation(data.getFirst())
                        : Optional.<DataSet>empty();
        return photos.split(all, given, this::only);
    }

    private DataSet only(DataSet all) throws IOException {
        if (only.isEmpty()) {
            return all;
        }
        for (var name : only) {
            if (!all.labels().contains(name)) {
                throw new IOException(all.name() + ": has no class " + name + "; check --only");
            }
        }
        return Subset.ofClasses(all, only::contains);
    }

    private Map<String, String> notes(Recipe recipe, Augmentation augmentation, Split split) {
        var notes = new LinkedHashMap<String, String>();
        var learned = DataOptions.nameOf(data);
        notes.put(
                "trained on",
                split.train().size()
                        + (teacher.isUnlabeled() ? " photos without labels of " : " photos of ")
                        + learned);
        notes.put(
                "validated on",
                split.validation().size() + " photos of "
                        + photos.validationPath().map(DataOptions::nameOf).orElse(learned));
        if (init != null) {
            notes.put("started from", DataOptions.nameOf(init));
        }
        notes.put("recipe", JsonText.line(recipe.settings()));
        notes.put("augmentation", augmentation.toString());
        notes.put("seed", String.valueOf(photos.seed()));
        return notes;
    }
}
