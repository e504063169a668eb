package org.mobilenet4j.app.cli.search;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.app.cli.options.FormatOption;
import org.mobilenet4j.app.cli.options.ThreadsOption;
import org.mobilenet4j.app.cli.text.Amount;
import org.mobilenet4j.app.cli.text.JsonText;
import org.mobilenet4j.search.Limits;
import org.mobilenet4j.search.Resource;
import org.mobilenet4j.search.Timings;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/// `mobilenet search`: finds the most accurate network within limits.
@Command(
        name = "search",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Find the most accurate network within limits, and the Pareto front of all networks.",
            "Accuracies are those published for TF-Slim's sixteen MobileNets, or those of your own experiments."
        },
        footerHeading = "%nWhat is counted:%n",
        footer = {
            "  mult-adds, parameters  mult-adds for one image; weights only, as in the paper",
            "  file                   all learned values as float32",
            "  memory                 weights and peak activations, float32",
            "  ms                     latency of one image on this machine with --threads: predicted from each layer's"
                    + " mult-adds and bytes by a model that is fitted to measurements of twelve other networks, which"
                    + " take about half a minute; its error is printed",
            "",
            "Examples:",
            "  mobilenet search --max-mult-adds 150M --max-size 6MB",
            "  mobilenet search --max-millis 2 --threads 1 --plot front.png",
            "  mobilenet search --max-millis 2 --threads 1 --measure",
            "  mobilenet search --runs my-experiments --max-parameters 1M"
        })
public final class SearchCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--max-mult-adds",
            paramLabel = "N",
            converter = Amount.class,
            description = "Most mult-adds for one image, such as 150M.")
    private @Nullable Double maxMultAdds;

    @Option(
            names = "--max-parameters",
            paramLabel = "N",
            converter = Amount.class,
            description = "Most weights, such as 1.5M.")
    private @Nullable Double maxParameters;

    @Option(
            names = "--max-size",
            paramLabel = "BYTES",
            converter = Amount.class,
            description = "Largest file size, such as 6MB.")
    private @Nullable Double maxSize;

    @Option(
            names = "--max-memory",
            paramLabel = "BYTES",
            converter = Amount.class,
            description = "Most memory for weights and activations, such as 10MiB.")
    private @Nullable Double maxMemory;

    @Option(
            names = "--max-millis",
            paramLabel = "MS",
            converter = Amount.class,
            description = "Highest latency of one image on this machine, in milliseconds.")
    private @Nullable Double maxMillis;

    @Option(
            names = "--runs",
            paramLabel = "DIR",
            description = "Search the networks that mobilenet experiment trained in this folder (its --out).")
    private @Nullable Path runs;

    @Option(
            names = "--by",
            paramLabel = "RESOURCE",
            converter = ResourceName.class,
            description = "Resource that the front minimizes: mult-adds, parameters, size, memory or millis"
                    + " (default: millis with --max-millis, otherwise mult-adds).")
    private @Nullable Resource by;

    @Option(
            names = "--measure",
            description = "Measure all networks as well, and use measured instead of predicted latencies.")
    private boolean measures;

    @Option(names = "--plot", paramLabel = "FILE", description = "Draw the front as a PNG file.")
    private @Nullable Path plot;

    @Mixin
    private final ThreadsOption threads = new ThreadsOption();

    @Mixin
    private final FormatOption format = new FormatOption();

    @Override
    public Integer call() throws IOException {
        if (plot != null && !plot.toString().endsWith(".png")) {
            throw new ParameterException(spec.commandLine(), "--plot takes a file name that ends in .png, not " + plot);
        }
        var limits = limits();
        var resource =
                Objects.requireNonNullElse(by, limits.on(Resource.MILLIS) ? Resource.MILLIS : Resource.MULT_ADDS);
        var searched = runs == null ? SearchedNetworks.published() : SearchedNetworks.trained(runs);
        boolean isTimed = measures || resource == Resource.MILLIS || limits.on(Resource.MILLIS);
        var latency = isTimed
                ? Optional.of(
                        SearchLatency.of(searched.candidates(), Timings.DEFAULT.withThreads(threads.count()), measures))
                : Optional.<SearchLatency>empty();
        var result = SearchResult.of(searched, limits, resource, latency);
        if (plot != null) {
            FrontPicture.write(result, row -> row.need(resource), plot);
        }
        var out = spec.commandLine().getOut();
        out.print(format.isJson() ? JsonText.of(result) : SearchText.of(result));
        return 0;
    }

    private Limits limits() {
        var most = new EnumMap<Resource, Double>(Resource.class);
        put(most, Resource.MULT_ADDS, maxMultAdds);
        put(most, Resource.PARAMETERS, maxParameters);
        put(most, Resource.FILE_SIZE, maxSize);
        put(most, Resource.MEMORY, maxMemory);
        put(most, Resource.MILLIS, maxMillis);
        return new Limits(most);
    }

    private static void put(Map<Resource, Double> most, Resource resource, @Nullable Double value) {
        if (value != null) {
            most.put(resource, value);
        }
    }

    private static final class ResourceName implements ITypeConverter<Resource> {
        @Override
        public Resource convert(String value) {
            return switch (value) {
                case "mult-adds" -> Resource.MULT_ADDS;
                case "parameters" -> Resource.PARAMETERS;
                case "size" -> Resource.FILE_SIZE;
                case "memory" -> Resource.MEMORY;
                case "millis" -> Resource.MILLIS;
                default ->
                    throw new TypeConversionException(
                            "expected mult-adds, parameters, size, memory or millis, not " + value);
            };
        }
    }
}
