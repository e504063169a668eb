package org.mobilenet4j.app.cli.pull;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.mobilenet4j.app.cli.options.FormatOption;
import org.mobilenet4j.app.cli.text.JsonText;
import org.mobilenet4j.app.pull.Catalog;
import org.mobilenet4j.app.pull.ModelCache;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `mobilenet models`: lists the models that can be pulled by name.
@Command(
        name = "models",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "List the published checkpoints that pull can download.",
            "They are TF-Slim's sixteen float and sixteen quantized MobileNets, trained on ImageNet. Shows their"
                    + " published"
                    + " accuracy and which of them are in the cache."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  mobilenet models", "  mobilenet models --format json"})
public final class ModelsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final FormatOption format = new FormatOption();

    @Override
    public Integer call() throws IOException {
        var list = ModelList.of(Catalog.bundled(), ModelCache.ofThisUser());
        spec.commandLine().getOut().print(format.isJson() ? JsonText.of(list) : ModelListText.of(list));
        return 0;
    }
}
