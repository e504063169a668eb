package org.mobilenet4j.app.cli.pull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.app.cli.options.FormatOption;
import org.mobilenet4j.app.cli.text.FailureText;
import org.mobilenet4j.app.cli.text.JsonText;
import org.mobilenet4j.app.cli.text.PlainText;
import org.mobilenet4j.app.pull.Catalog;
import org.mobilenet4j.app.pull.Mirror;
import org.mobilenet4j.app.pull.MissingFileException;
import org.mobilenet4j.app.pull.ModelCache;
import org.mobilenet4j.app.pull.Patience;
import org.mobilenet4j.app.pull.Pulled;
import org.mobilenet4j.app.pull.Puller;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `mobilenet pull`: published models, into the cache.
@Command(
        name = "pull",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Bring published models, with the names of their classes, into a cache. Other commands then take them by",
            "name: classify --model NAME. What is there already is checked and not brought again."
        },
        footerHeading = "%nWhere things are:%n",
        footer = {
            "  The cache is the folder that MOBILENET_CACHE names, else mobilenet4j in $XDG_CACHE_HOME or ~/.cache,",
            "  ~/Library/Caches, or %%LOCALAPPDATA%%. Proxies are the JVM's (-Dhttps.proxyHost), else those of",
            "  https_proxy, http_proxy, all_proxy and no_proxy.",
            "",
            "Examples:",
            "  mobilenet pull mobilenet_v1_0.25_128",
            "  mobilenet pull mobilenet_v1_0.75_192_quant --mirror https://files.example.com/models",
            "  mobilenet classify --model mobilenet_v1_0.25_128 photo.jpg"
        })
public final class PullCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "NAME", arity = "1..*", description = "Models, as mobilenet models calls them.")
    private List<String> names = List.of();

    @Option(
            names = "--mirror",
            paramLabel = "DIR|URL",
            description =
                    "A folder or an address that has files of the same names, in place of the published addresses:"
                            + " NAME.tgz, and ImageNetLabels.txt. They must have the published content.")
    private @Nullable String mirror;

    @Mixin
    private final FormatOption format = new FormatOption();

    @Override
    public Integer call() throws IOException {
        var catalog = Catalog.bundled();
        var models = names.stream().distinct().map(catalog::named).toList();
        var all = new ArrayList<Pulled>();
        var place = mirror == null ? Mirror.NONE : Mirror.at(mirror);
        try (var report = new PullReport(spec.commandLine().getErr());
                var puller = new Puller(ModelCache.ofThisUser(), place, Patience.DEFAULT, report)) {
            for (var model : models) {
                var pulled = puller.pull(model);
                report.finish();
                all.add(pulled);
                print(pulled);
            }
            pullLabels(puller, catalog);
        }
        if (format.isJson()) {
            spec.commandLine().getOut().print(JsonText.of(all));
        }
        return 0;
    }

    /// A mirror may lack them: the models work without.
    private void pullLabels(Puller puller, Catalog catalog) throws IOException {
        try {
            puller.pullLabels(catalog.labels());
        } catch (MissingFileException e) {
            spec.commandLine()
                    .getErr()
                    .println("mobilenet: warning: " + PlainText.of(FailureText.line(e))
                            + "; without it classes are numbers, unless --label-names gives their names");
        }
    }

    private void print(Pulled model) {
        if (!format.isJson()) {
            var out = spec.commandLine().getOut();
            out.printf(
                    Locale.ROOT,
                    "%s: %,d bytes%s, %s%n",
                    model.name(),
                    model.bytes(),
                    model.isNew() ? "" : ", as they were here already",
                    PlainText.of(model.file().toString()));
            out.flush();
        }
    }
}
