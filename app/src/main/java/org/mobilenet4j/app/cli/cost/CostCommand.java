package org.mobilenet4j.app.cli.cost;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.app.cli.options.FormatOption;
import org.mobilenet4j.app.cli.options.ModelSource;
import org.mobilenet4j.app.cli.options.NetworkNames;
import org.mobilenet4j.app.cli.options.NetworkOptions;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.cost.Cost;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `mobilenet cost`: what a network costs, counted before it is built, and the paper's tables of costs.
@Command(
        name = "cost",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Count the mult-adds, parameters and activation memory of a network, or of a model's, for one image.",
            "Without a NETWORK, print the paper's tables 1 to 9 and TF-Slim's checkpoints, with our exact figures"
                    + " beside the published ones."
        },
        footerHeading = "%nWhat is counted:%n",
        footer = {
            "  multAdds                  convolutions and dense layers, as in the paper",
            "  parameters                trainable: weights, biases, batch normalization's gamma and beta",
            "  parametersWeightsOnly     kernels only, as in the paper",
            "  parametersWithStatistics  including moving mean and variance, as in Keras's total",
            "  peakActivationBytes       float32, with each layer's input and output in memory",
            "",
            "Networks:",
            "  with --alpha:     mobilenet-v1, mobilenet-v1-conv, mobilenet-v1-shallow,",
            "                    ssd-mobilenet-v1, ssdlite-mobilenet-v1",
            "  without --alpha:  alexnet, vgg16, googlenet, squeezenet",
            "",
            "Examples:",
            "  mobilenet cost mobilenet-v1 --alpha 0.5 --resolution 160",
            "  mobilenet cost mobilenet-v1:0.5:160 --format json",
            "  mobilenet cost my.safetensors",
            "  mobilenet cost --compare mobilenet-v1 mobilenet-v1:0.25:128 squeezenet vgg16",
            "  mobilenet cost --compare mobilenet-v1-conv --apply separable,width=0.5",
            "  mobilenet cost --table 4"
        })
public final class CostCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "NETWORK",
            arity = "0..*",
            completionCandidates = NetworkNames.class,
            description = NetworkOptions.NETWORK_OR_MODEL)
    private List<String> networks = List.of();

    @Option(
            names = "--compare",
            description = "Compare networks side by side, before and after each technique, relative to the first.")
    private boolean compare;

    @Mixin
    private final NetworkOptions options = new NetworkOptions();

    @Option(
            names = "--table",
            paramLabel = "T",
            description = "Print only this table: 1 to 9, or tf-slim (default: all).")
    private @Nullable String table;

    @Mixin
    private final FormatOption format = new FormatOption();

    @Override
    public Integer call() throws IOException {
        checkUsage();
        var out = spec.commandLine().getOut();
        out.print(networks.isEmpty() ? tables() : costs());
        out.flush();
        return 0;
    }

    private void checkUsage() {
        if (networks.isEmpty() && (compare || options.areGiven())) {
            throw usage(
                    "--compare, --alpha, --resolution, --classes and --apply need a NETWORK, for example mobilenet-v1");
        }
        if (!networks.isEmpty() && table != null) {
            throw usage("--table prints a table of the paper; give either --table or a NETWORK, not both");
        }
        if (networks.size() > 1 && !compare) {
            throw usage("give one NETWORK, or --compare to compare several");
        }
    }

    private String tables() {
        var tables = CostTables.choose(table);
        return format.isJson() ? CostJson.tables(tables) : CostTablesText.of(tables);
    }

    private String costs() throws IOException {
        if (compare) {
            var costs = new ArrayList<Cost>();
            for (var text : networks) {
                options.steps(plain(text)).forEach(step -> costs.add(Cost.of(step)));
            }
            return format.isJson() ? CostJson.compare(costs) : CostText.compare(costs);
        }
        var cost = Cost.of(options.applied(plain(networks.getFirst())));
        return format.isJson() ? CostJson.network(cost) : CostText.network(cost);
    }

    /// The network that `text` names, or that of the model that it does.
    private Network plain(String text) throws IOException {
        var model = new ModelSource(Path.of(text));
        if (!model.isThere()) {
            return options.plain(text);
        }
        if (options.chooseNetwork()) {
            throw usage("--alpha, --resolution and --classes apply to networks that are named; the model " + text
                    + " has its own");
        }
        return model.read().network();
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
