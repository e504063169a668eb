package org.mobilenet4j.app.cli;

import java.util.List;
import java.util.Set;
import org.mobilenet4j.app.cli.benchmark.BenchmarkCommand;
import org.mobilenet4j.app.cli.classify.ClassifyCommand;
import org.mobilenet4j.app.cli.compare.CompareCommand;
import org.mobilenet4j.app.cli.cost.CostCommand;
import org.mobilenet4j.app.cli.detect.DetectCommand;
import org.mobilenet4j.app.cli.embed.EmbedCommand;
import org.mobilenet4j.app.cli.evaluate.EvaluateCommand;
import org.mobilenet4j.app.cli.experiment.ExperimentCommand;
import org.mobilenet4j.app.cli.explain.ExplainCommand;
import org.mobilenet4j.app.cli.model.ConvertCommand;
import org.mobilenet4j.app.cli.model.InspectCommand;
import org.mobilenet4j.app.cli.prune.PruneCommand;
import org.mobilenet4j.app.cli.pull.ModelsCommand;
import org.mobilenet4j.app.cli.pull.PullCommand;
import org.mobilenet4j.app.cli.quantize.QuantizeCommand;
import org.mobilenet4j.app.cli.search.SearchCommand;
import org.mobilenet4j.app.cli.serve.ServeCommand;
import org.mobilenet4j.app.cli.train.TrainCommand;
import picocli.CommandLine;

/// The commands of `mobilenet`, in the order of its help text.
final class Subcommands {
    /// @param name as its annotation has it
    record Subcommand(String name, Class<?> type) {}

    static final List<Subcommand> ALL = List.of(
            new Subcommand("classify", ClassifyCommand.class),
            new Subcommand("detect", DetectCommand.class),
            new Subcommand("explain", ExplainCommand.class),
            new Subcommand("embed", EmbedCommand.class),
            new Subcommand("serve", ServeCommand.class),
            new Subcommand("evaluate", EvaluateCommand.class),
            new Subcommand("models", ModelsCommand.class),
            new Subcommand("pull", PullCommand.class),
            new Subcommand("inspect", InspectCommand.class),
            new Subcommand("convert", ConvertCommand.class),
            new Subcommand("compare", CompareCommand.class),
            new Subcommand("cost", CostCommand.class),
            new Subcommand("benchmark", BenchmarkCommand.class),
            new Subcommand("search", SearchCommand.class),
            new Subcommand("train", TrainCommand.class),
            new Subcommand("quantize", QuantizeCommand.class),
            new Subcommand("prune", PruneCommand.class),
            new Subcommand("experiment", ExperimentCommand.class),
            new Subcommand("completion", CompletionCommand.class));

    private static final Set<String> VERSION = Set.of("-V", "--version");

    private Subcommands() {}

    /// Adds the one that `args` begin with, none if they are empty or ask for the version, else all: picocli takes 15
    /// ms
    /// to read a command's annotations.
    static void add(CommandLine main, String[] args) {
        if (args.length == 0 || (args.length == 1 && VERSION.contains(args[0]))) {
            return;
        }
        for (Subcommand only : ALL) {
            if (args.length > 0 && only.name.equals(args[0])) {
                main.addSubcommand(only.name, only.type);
                return;
            }
        }
        for (Subcommand each : ALL) {
            main.addSubcommand(each.name, each.type);
        }
    }
}
