package org.mobilenet4j.app.cli.serve;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.app.cli.options.ModelSource;
import org.mobilenet4j.app.cli.options.PositiveNumber;
import org.mobilenet4j.app.cli.text.Stopping;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.server.InferenceServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `mobilenet serve`: answers over HTTP until it is stopped.
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Serve models over HTTP, to this machine alone unless --host says otherwise.",
            "Ends with Ctrl-C or SIGTERM, once what it has begun is answered."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mobilenet serve",
            "  mobilenet serve --model my.safetensors --port 9000",
            "  mobilenet serve --models my-models --host 0.0.0.0 --token-file token.txt",
            "",
            "  curl --data-binary @photo.jpg http://127.0.0.1:8080/v1/classify"
        })
public final class ServeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description = "A model file in any format that convert reads, the name of a pulled model, or default, the"
                    + " bundled model (default: default).")
    private @Nullable Path model;

    @Option(
            names = "--models",
            paramLabel = "DIR",
            description = "Serve every model in a folder: files NAME.EXTENSION, or folders NAME/VERSION. What comes,"
                    + " changes or goes while it runs is loaded, replaced or unloaded.")
    private @Nullable Path models;

    @Option(
            names = "--default",
            paramLabel = "NAME",
            description = "With --models: the model of requests that name none (default: the first by name).")
    private @Nullable String defaultName;

    @Mixin
    private final ListenOptions listen = new ListenOptions();

    @Mixin
    private final LimitOptions limits = new LimitOptions();

    @Option(
            names = "--drain",
            paramLabel = "SECONDS",
            converter = PositiveNumber.class,
            description = "When stopped, go on for so long, saying that it is not ready, as it takes a load balancer to"
                    + " notice (default: 1).")
    private int drain = 1;

    @Option(names = "--quiet", description = "Do not log requests.")
    private boolean quiet;

    @Override
    public Integer call() throws IOException {
        if (model != null && models != null) {
            throw new BadValueException("--model and --models exclude each other; put the model into the folder");
        }
        ServerLog.to(quiet);
        var stopped = new CountDownLatch(1);
        return Stopping.with("stopped; all requests are answered", stop -> {
            var server = start();
            stop.by(stopped::countDown);
            var out = spec.commandLine().getOut();
            out.println("mobilenet: serving at " + server.address());
            out.flush();
            try {
                stopped.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
            server.close(Duration.ofSeconds(drain));
            return 0;
        });
    }

    private InferenceServer start() throws IOException {
        var settings = listen.settings(limits.limits());
        if (models != null) {
            return InferenceServer.start(settings, models, Optional.ofNullable(defaultName));
        }
        var source = model == null ? ModelSource.DEFAULT : new ModelSource(model);
        return InferenceServer.start(settings, name(source.name()), source.read());
    }

    /// What clients call it: the file's name without its extension.
    private static String name(Path file) {
        var name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        return name.substring(0, dot > 0 && name.length() - dot <= 12 ? dot : name.length())
                .replaceAll("[^A-Za-z0-9_.-]", "_");
    }
}
