package org.mobilenet4j.app.cli.pull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.app.cli.options.FormatOption;
import org.mobilenet4j.app.cli.options.PublishedModel;
import org.mobilenet4j.app.cli.text.FailureText;
import org.mobilenet4j.app.cli.text.JsonText;
import org.mobilenet4j.app.cli.text.PlainText;
import org.mobilenet4j.app.cli.text.Stopping;
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

/// `mobilenet pull`: downloads published models into the cache.
@Command(
        name = "pull",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Download published models and their class names into a cache.",
            "Other commands then take them by name: classify --model NAME. Files that are already there are"
                    + " verified and"
                    + " not downloaded again."
        },
        footerHeading = "%nCache and proxies:%n",
        footer = {
            "  The cache is the folder given by MOBILENET_CACHE, or else mobilenet4j in $XDG_CACHE_HOME or ~/.cache,"
                    + " ~/Library/Caches, or %%LOCALAPPDATA%%. Proxies are taken from the JVM (-Dhttps.proxyHost), or else"
                    + " from https_proxy, http_proxy, all_proxy and no_proxy.",
            "",
            "Examples:",
            "  mobilenet pull mobilenet_v1_0.25_128",
            "  mobilenet pull mobilenet_v1_0.75_192_quant --mirror https://files.example.com/models",
            "  mobilenet classify --model mobilenet_v1_0.25_128 photo.jpg"
        })
public final class PullCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "NAME",
            arity = "1..*",
            completionCandidates = CatalogNames.class,
            description = "Models, as listed by mobilenet models.")
    private List<String> names = List.of();

    @Option(
            names = "--mirror",
            paramLabel = "DIR|URL",
            description = "A folder or URL to take the files from instead of the published URLs: NAME.tgz and"
                    + " ImageNetLabels.txt, with the published content.")
    private @Nullable String mirror;

    @Mixin
    private final FormatOption format = new FormatOption();

    @Override
    public Integer call() throws IOException {
        var catalog = Catalog.bundled();
        var models = names.stream()
                .map(name -> PublishedModel.named(name).wanted())
                .distinct()
                .toList();
        var all = new ArrayList<Pulled>();
        Stopping.say("stopped; the same command goes on where it was");
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

    /// A mirror may lack the labels; the models work without them.
    private void pullLabels(Puller puller, Catalog catalog) throws IOException {
        try {
            puller.pullLabels(catalog.labels());
        } catch (MissingFileException e) {
            spec.commandLine()
                    .getErr()
                    .println("mobilenet: warning: " + PlainText.of(FailureText.line(e))
                            + "; without it, classes have no names unless --label-names is given");
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
                    model.isNew() ? "" : ", already there",
                    PlainText.of(model.file().toString()));
            out.flush();
        }
    }
}
