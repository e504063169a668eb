package org.mobilenet4j.app.cli.prune;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.mobilenet4j.app.cli.options.FormatOption;
import org.mobilenet4j.app.cli.options.ModelSource;
import org.mobilenet4j.app.cli.text.JsonText;
import org.mobilenet4j.app.cli.text.PlainText;
import org.mobilenet4j.app.cli.train.FineTuningOptions;
import org.mobilenet4j.data.Split;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.formats.ModelFormats;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.file.ModelFile;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.train.TrainerOptions;
import org.mobilenet4j.train.TrainingSetup;
import org.mobilenet4j.train.ValidationSchedule;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `mobilenet prune`: makes a network smaller by pruning or clustering its weights.
@Command(
        name = "prune",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Prune a network: remove channels, set its smallest weights to zero, or cluster its weights.",
            "With --data, the network is then fine-tuned to recover accuracy; the files that train writes appear beside"
                    + " --out, and --resume continues a stopped run. Each command does one of the three; run another on"
                    + " the result to combine them. See docs/pruning.md."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mobilenet prune default --out half.safetensors --channels --mult-adds 0.5",
            "  mobilenet prune default --out half.safetensors --channels --mult-adds 0.5"
                    + " --data data/train-*.tar.gz --validation data/val.tar.gz --epochs 10",
            "  mobilenet prune my.safetensors --out sparse.safetensors --sparsity 0.8 --data my-photos --epochs 6",
            "  mobilenet prune sparse.safetensors --out small.mnz --clusters 32 --data my-photos --epochs 2",
            "",
            "--data are photos of the model's own classes, in the same order: those that it was trained on."
        })
public final class PruneCommand implements Callable<Integer> {
    private static final String TRAINED = ".safetensors";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "MODEL",
            description = "The model to prune: a file, the name of a pulled model, or default.")
    private Path in = Path.of("");

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "The pruned model: .mnz (packed), .safetensors, .tflite or .onnx.")
    private Path out = Path.of("");

    @Mixin
    private final PruningOptions prunings = new PruningOptions();

    @Option(names = "--float16", description = "Store weights as float16: half the size, with an 11-bit significand.")
    private boolean float16;

    @Mixin
    private final FineTuningOptions tuning = new FineTuningOptions();

    @Mixin
    private final FormatOption format = new FormatOption();

    @Override
    public Integer call() throws IOException {
        if (Files.exists(in) && Files.exists(out) && Files.isSameFile(in, out)) {
            throw new BadValueException(out + ": is both input and output; give --out another name");
        }
        ModelFormats.requireWritable(out);
        var pruning = prunings.pruning(spec.commandLine());
        if (!tuning.areGiven() && tuning.needData()) {
            throw new ParameterException(spec.commandLine(), "training needs photos; give --data as well");
        }
        var model = new ModelSource(in).read();
        var pruned = pruning.prune(model);
        var caution = pruning.caution(model);
        if (!caution.isEmpty() && !format.isJson()) {
            spec.commandLine().getErr().println("mobilenet: note: " + caution);
        }
        var split = tuning.areGiven() ? Optional.of(tuning.split(model)) : Optional.<Split>empty();
        var photos = split.isPresent() ? Optional.of(split.get().validation()) : tuning.validation();
        var report = new PruneReport.Builder(model, pruned, pruning.toString());
        if (photos.isPresent()) {
            report.accuracy(tuning.accuracy(model, photos.get()), tuning.accuracy(pruned, photos.get()));
        }
        var done = split.isPresent()
                ? tune(pruning, model, pruned, split.get())
                : Optional.of(withNotes(pruned, pruning, split));
        if (done.isEmpty()) {
            return 0;
        }
        var result = done.get();
        var leftOut = ModelFormats.write(result, out, float16 ? ElementType.FLOAT16 : ElementType.FLOAT32);
        if (split.isPresent()) {
            report.tuned(tuning.accuracy(result, split.get().validation()));
        }
        if (!format.isJson()) {
            var err = spec.commandLine().getErr();
            leftOut.forEach(sentence -> err.println("mobilenet: note: " + PlainText.of(sentence)));
        }
        var whole = report.build(out, result);
        spec.commandLine().getOut().print(format.isJson() ? JsonText.of(whole) : PruneText.of(whole));
        return 0;
    }

    /// Trains and returns the best model at the resolution of `model`, or nothing if training was stopped early.
    private Optional<Model> tune(Pruning pruning, Model model, Model pruned, Split split) throws IOException {
        var file = trainedFile();
        var outcome = tuning.running()
                .run(
                        setup(pruning, model, pruned, split),
                        file,
                        spec.commandLine().getErr());
        if (!outcome.isDone() || !outcome.hasModel()) {
            spec.commandLine().getOut().print(format.isJson() ? JsonText.of(outcome.result()) : outcome.text());
            return Optional.empty();
        }
        var best = ModelFile.read(file);
        var own = model.network().input();
        return Optional.of(best.network().input().equals(own) ? best : best.withResolution(own.height()));
    }

    /// Where training keeps its best model: `out`, or a file beside it if `out` has another format.
    private Path trainedFile() {
        var name = String.valueOf(out.getFileName());
        int dot = name.lastIndexOf('.');
        return out.resolveSibling(name.substring(0, dot) + TRAINED);
    }

    private TrainingSetup setup(Pruning pruning, Model model, Model pruned, Split split) throws IOException {
        var recipe = tuning.recipe(model.network());
        int perEpoch = Math.max(1, split.train().size() / recipe.batch());
        var start = withNotes(tuning.toTrain(pruning.start(model, pruned)), pruning, Optional.of(split));
        return new TrainingSetup(
                        start,
                        split,
                        tuning.augmentation(split.train(), start.network()),
                        TrainerOptions.of(recipe)
                                .withThreads(tuning.threads())
                                .withSeed(tuning.seed())
                                .withConstraint(pruning.constraint(perEpoch, recipe.epochs())))
                .with(ValidationSchedule.withPatience(tuning.running().patience()));
    }

    private Model withNotes(Model model, Pruning pruning, Optional<Split> split) {
        Map<String, String> notes = new LinkedHashMap<>(model.notes());
        var before = notes.get("pruned");
        notes.put("pruned", before == null ? pruning.toString() : before + "; " + pruning);
        if (split.isPresent()) {
            notes.put("pruned and trained on", tuning.photos(split.get()));
            notes.put(
                    "pruned and trained with",
                    JsonText.line(tuning.recipe(model.network()).settings()));
        }
        return model.withNotes(notes);
    }
}
