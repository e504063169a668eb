package org.mobilenet4j.app.cli.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.mobilenet4j.app.cli.options.FormatOption;
import org.mobilenet4j.app.cli.options.ModelSource;
import org.mobilenet4j.app.cli.options.PositiveNumber;
import org.mobilenet4j.app.cli.options.ThreadsOption;
import org.mobilenet4j.app.cli.text.JsonText;
import org.mobilenet4j.app.cli.train.AugmentationOptions;
import org.mobilenet4j.app.cli.train.RecipeOptions;
import org.mobilenet4j.app.cli.train.Stopping;
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

/// `mobilenet experiment`: the paper's tables, trained again.
@Command(
        name = "experiment",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Run one of the paper's experiments on your own photos: train all networks that its table compares, each with",
            "several seeds, and say which of the paper's conclusions the results show. Goes on where it was stopped."
        },
        footerHeading = "%nExperiments:%n",
        footer = {
            "  table4   full convolutions against depthwise separable ones",
            "  table5   a narrower network against a shallower one",
            "  table6   the width multiplier: alpha 1, 0.75, 0.5, 0.25",
            "  table7   the resolution multiplier: rho 1, 6/7, 5/7, 4/7",
            "  figures  every alpha with every rho, for the paper's figures 4 and 5",
            "  techniques    each way to make a network small, before and after",
            "  distillation  alpha 0.25 alone, and taught by --teacher",
            "  quantization  alpha 0.5 in floats, and in 8-bit integers: per tensor and per channel, after",
            "                training and after 2 more epochs for integers",
            "",
            "What is written to --out:",
            "  protocol.json             what all runs of the folder have in common; others are not mixed with them",
            "  runs/NETWORK-seedN        each training once, whichever experiment asks: model, metrics, result, and the",
            "                            checkpoint that it goes on from; integers have folders of their own",
            "  table6.csv                a line for each network: cost, accuracy of each seed, mean and spread",
            "  figure4.png, figure5.png  accuracy over mult-adds and over parameters, of all MobileNets of the folder",
            "",
            "Accuracy is that of the last epoch's weights: no validation photo chooses anything.",
            "",
            "Examples:",
            "  mobilenet experiment table6 --data tiny-imagenet --out runs --dry-run",
            "  mobilenet experiment table6 --data train-0.tar.gz train-1.tar.gz --validation val.tar.gz --out runs \\",
            "      --epochs 20 --seeds 3"
        })
public final class ExperimentCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "EXPERIMENT",
            description = "table4, table5, table6, table7, figures, techniques, distillation or quantization.")
    private String name = "";

    @Mixin
    private final ExperimentData data = new ExperimentData();

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The folder of the runs.")
    private Path out = Path.of("");

    @Option(
            names = "--seeds",
            paramLabel = "N",
            converter = PositiveNumber.class,
            description = "Train each network with the seeds 1 to N (default: 3).")
    private int seeds = 3;

    @Option(
            names = "--resolution",
            paramLabel = "R",
            converter = PositiveNumber.class,
            description = "Rows and columns of the input where rho is 1 (default: 64; the paper's is 224).")
    private int resolution = 64;

    @Option(
            names = "--alpha",
            paramLabel = "A",
            description = "Width multiplier of table4, table5 and table7, where the paper's networks take too long:"
                    + " theirs is multiplied by it (default: 1). The table is called table4-alpha-0.5 then.")
    private double alpha = 1;

    @Option(
            names = "--teacher",
            paramLabel = "MODEL",
            description = "Who teaches in the experiment distillation: a file, the name of a pulled model, or default"
                    + " (default: default). It must know the classes by name.")
    private Path teacher = Path.of("default");

    @Mixin
    private final RecipeOptions recipes = new RecipeOptions();

    @Mixin
    private final AugmentationOptions augmentations = new AugmentationOptions();

    @Mixin
    private final ThreadsOption threads = new ThreadsOption();

    @Option(names = "--dry-run", description = "List the runs with their costs and times, and do none.")
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
        throw new BadValueException("--alpha: " + name + " has alphas of its own; leave --alpha out");
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
                recipes.recipe(false),
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
        try (var report = new ExperimentReport(spec.commandLine().getErr())) {
            Stopping.with(run::stop, () -> run.run(report));
        }
        var table = ExperimentTable.of(plan);
        if (table.isDone()) {
            table.write(out);
        }
        text.print(format.isJson() ? JsonText.of(ExperimentJson.of(table, protocol)) : ExperimentText.of(table, out));
        return 0;
    }
}
