package org.mobilenet4j.app.cli.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.mobilenet4j.app.cli.options.FormatOption;
import org.mobilenet4j.app.cli.options.ModelSource;
import org.mobilenet4j.app.cli.options.PositiveNumber;
import org.mobilenet4j.app.cli.options.ThreadsOption;
import org.mobilenet4j.app.cli.text.JsonText;
import org.mobilenet4j.app.cli.text.Stopping;
import org.mobilenet4j.app.cli.train.AugmentationOptions;
import org.mobilenet4j.app.cli.train.RecipeOptions;
import org.mobilenet4j.app.experiment.DistillationExperiment;
import org.mobilenet4j.app.experiment.Experiment;
import org.mobilenet4j.app.experiment.ExperimentPlan;
import org.mobilenet4j.app.experiment.ExperimentRun;
import org.mobilenet4j.app.experiment.ExperimentTable;
import org.mobilenet4j.app.experiment.PaperExperiment;
import org.mobilenet4j.app.experiment.QuantizationExperiment;
import org.mobilenet4j.app.experiment.ScaledDown;
import org.mobilenet4j.app.experiment.TechniquesExperiment;
import org.mobilenet4j.app.experiment.run.Protocol;
import org.mobilenet4j.app.experiment.run.Teaching;
import org.mobilenet4j.compress.distill.Distillation;
import org.mobilenet4j.error.BadValueException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `mobilenet experiment`: repeats the paper's experiments on your own photos.
@Command(
        name = "experiment",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Repeat one of the paper's experiments on your own photos.",
            "Trains every network that the table compares with several seeds and reports which of the paper's"
                    + " conclusions"
                    + " the results support. An interrupted experiment continues where it stopped."
        },
        footerHeading = "%nExperiments:%n",
        footer = {
            "  table4        full convolutions against depthwise separable ones",
            "  table5        a narrower network against a shallower one",
            "  table6        the width multiplier: alpha 1, 0.75, 0.5, 0.25",
            "  table7        the resolution multiplier: rho 1, 6/7, 5/7, 4/7",
            "  figures       every alpha with every rho, for the paper's figures 4 and 5",
            "  techniques    each technique for making a network smaller, before and after",
            "  distillation  alpha 0.25 without a teacher, and with --teacher",
            "  quantization  alpha 0.5 as a float model and as int8, per tensor and per channel: post-training, and after"
                    + " 2 epochs of quantization-aware training",
            "",
            "Files in --out:",
            "  protocol.json             the settings that all runs in the folder share; runs with others are refused",
            "  runs/NETWORK-seedN        one folder per run, shared by all experiments: model, metrics, result, and the"
                    + " checkpoint to resume from; quantized runs have folders of their own",
            "  table6.csv                one line per network: cost, accuracy of each seed, mean and standard"
                    + " deviation",
            "  figure4.png, figure5.png  accuracy against mult-adds and parameters, for all MobileNets in the folder",
            "",
            "Accuracy is measured with the last epoch's weights: the validation photos select nothing.",
            "",
            "Examples:",
            "  mobilenet experiment table6 --data my-photos --validation val-photos --out runs --dry-run",
            "  mobilenet experiment table6 --data train-0.tar.gz train-1.tar.gz --validation val.tar.gz --out runs"
                    + " --epochs 20 --seeds 3"
        })
public final class ExperimentCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "EXPERIMENT",
            completionCandidates = ExperimentNames.class,
            description = "table4, table5, table6, table7, figures, techniques, distillation or quantization.")
    private String name = "";

    @Mixin
    private final ExperimentData data = new ExperimentData();

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The folder for the runs.")
    private Path out = Path.of("");

    @Option(
            names = "--seeds",
            paramLabel = "N",
            converter = PositiveNumber.class,
            description = "Train each network with seeds 1 to N (default: 3; 5 tell differences a third smaller from"
                    + " chance).")
    private int seeds = 3;

    @Option(
            names = "--resolution",
            paramLabel = "R",
            converter = PositiveNumber.class,
            description = "Input height and width at rho = 1 (default: 64; the paper's is 224).")
    private int resolution = 64;

    @Option(
            names = "--alpha",
            paramLabel = "A",
            description = "Multiply the width multipliers of table4, table5 or table7 by A, when the paper's"
                    + " networks take"
                    + " too long to train (default: 1). The table is then called, for example, table4-alpha-0.5.")
    private double alpha = 1;

    @Option(
            names = "--teacher",
            paramLabel = "MODEL",
            description = "The teacher of the distillation experiment: a file, the name of a pulled model, or default"
                    + " (default: default). Its labels must include the classes of the data.")
    private Path teacher = Path.of("default");

    @Mixin
    private final RecipeOptions recipes = new RecipeOptions();

    @Mixin
    private final AugmentationOptions augmentations = new AugmentationOptions();

    @Mixin
    private final ThreadsOption threads = new ThreadsOption();

    @Option(
            names = "--dry-run",
            description = "List the runs with their costs and estimated times, without running" + " them.")
    private boolean isDryRun;

    @Mixin
    private final FormatOption format = new FormatOption();

    private Experiment experiment() throws IOException {
        var whole = named();
        if (alpha == 1) {
            return whole;
        }
        if (whole instanceof PaperExperiment table) {
            return new ScaledDown(table, alpha);
        }
        throw new BadValueException("--alpha: " + name + " sets alpha itself; leave out --alpha");
    }

    private Experiment named() throws IOException {
        return switch (name) {
            case TechniquesExperiment.ID -> new TechniquesExperiment();
            case DistillationExperiment.ID -> {
                var model = new ModelSource(teacher).read();
                var how = Distillation.forScoresOf(model.network());
                yield new DistillationExperiment(new Teaching(String.valueOf(teacher.getFileName()), model, how));
            }
            case QuantizationExperiment.ID -> new QuantizationExperiment();
            default -> PaperExperiment.named(name);
        };
    }

    @Override
    public Integer call() throws IOException {
        var experiment = experiment();
        var protocol = new Protocol(
                data.photos(),
                data.origin(),
                resolution,
                recipes.recipe("default"),
                augmentations.augmentation(AugmentationOptions.INCEPTION),
                threads.count());
        var plan = ExperimentPlan.of(experiment, protocol, out, seeds);
        var text = spec.commandLine().getOut();
        if (isDryRun) {
            var runs = plan.planned();
            text.print(format.isJson() ? JsonText.of(runs) : ExperimentText.of(runs));
            return 0;
        }
        var run = new ExperimentRun(plan);
        var report = new ExperimentReport(spec.commandLine().getErr());
        Stopping.with("stopped; " + out + " holds what is done, and the same command goes on", stop -> {
            stop.by(run::stop);
            try (report) { // which erases the bar before anything else is said
                return run.run(report);
            }
        });
        var table = ExperimentTable.of(plan);
        if (table.isDone()) {
            table.write(out);
        }
        text.print(format.isJson() ? JsonText.of(ExperimentJson.of(table, protocol)) : ExperimentText.of(table, out));
        return 0;
    }
}
