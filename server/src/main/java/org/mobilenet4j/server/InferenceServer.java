package org.mobilenet4j.server;

import io.helidon.common.configurable.Resource;
import io.helidon.common.pki.Keys;
import io.helidon.common.tls.Tls;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mobilenet4j.DefaultModel;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.server.api.ExplainRoutes;
import org.mobilenet4j.server.api.HealthRoutes;
import org.mobilenet4j.server.api.ModelRoutes;
import org.mobilenet4j.server.batch.Batcher;
import org.mobilenet4j.server.cost.CostRoutes;
import org.mobilenet4j.server.cost.Latencies;
import org.mobilenet4j.server.http.AccessFilter;
import org.mobilenet4j.server.http.BearerToken;
import org.mobilenet4j.server.http.Problems;
import org.mobilenet4j.server.http.Routes;
import org.mobilenet4j.server.http.ServerContext;
import org.mobilenet4j.server.metrics.Metrics;
import org.mobilenet4j.server.model.ModelFolder;
import org.mobilenet4j.server.model.ModelStore;
import org.mobilenet4j.server.model.ServedModel;
import org.mobilenet4j.server.openapi.OpenApiRoutes;
import org.mobilenet4j.server.page.PageRoutes;
import org.mobilenet4j.server.protocol.sagemaker.SageMakerRoutes;
import org.mobilenet4j.server.protocol.tfserving.TfServingRoutes;
import org.mobilenet4j.server.protocol.torchserve.TorchServeRoutes;
import org.mobilenet4j.server.protocol.v2.V2Routes;
import org.mobilenet4j.server.settings.ServerSettings;
import org.mobilenet4j.server.settings.ServerSettings.PemFiles;
import org.mobilenet4j.server.teach.TeachRoutes;
import org.mobilenet4j.server.teach.TeachingLimits;
import org.mobilenet4j.server.teach.TeachingSessions;

/// Serves models over HTTP, from [#start] to [#close].
public final class InferenceServer implements AutoCloseable {
    private static final int LONGEST_LINE = 8 << 10;
    private static final int LONGEST_HEADERS = 16 << 10;
    private static final long POLL_MILLIS = 1000;

    private final ServerContext context;
    private final WebServer web;
    private final List<Runnable> closing = new ArrayList<>();

    private InferenceServer(ServerContext context, WebServer web) {
        this.context = context;
        this.web = web;
    }

    /// Serves the network that comes with the project, as `default`.
    public static InferenceServer start(ServerSettings settings) {
        return start(settings, "default", DefaultModel.load());
    }

    /// Serves one model.
    ///
    /// @param name what clients call it
    public static InferenceServer start(ServerSettings settings, String name, Model model) {
        return start(settings, name, model, InstantSource.system());
    }

    /// Serves one model.
    ///
    /// @param name what clients call it
    /// @param clock tells how long classes that are taught have not been asked for
    public static InferenceServer start(ServerSettings settings, String name, Model model, InstantSource clock) {
        var models = new ModelStore(name);
        models.put(new ServedModel(name, 1, model));
        return start(settings, models, clock);
    }

    /// Serves the models in `folder`, whatever they are while it runs: files `NAME.EXTENSION` in any format that is
    /// read, or folders `NAME/VERSION`. It answers that it is alive while they are loaded, and is ready when this
    /// returns.
    ///
    /// @param defaultName the model of requests that name none; the first by name if empty
    /// @throws BadFileException if there is no such folder, or no model in it
    /// @throws IOException if the folder cannot be read
    public static InferenceServer start(ServerSettings settings, Path folder, Optional<String> defaultName)
            throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new BadFileException(folder, "is no folder; give one with models in it");
        }
        var models = new ModelStore(defaultName.orElse(null));
        var server = start(settings, models, InstantSource.system());
        try {
            server.watch(folder, models);
        } catch (IOException | RuntimeException problem) {
            server.close();
            throw problem;
        }
        return server;
    }

    private void watch(Path folder, ModelStore models) throws IOException {
        context.isBusy().set(true);
        var watched = new ModelFolder(folder, models, context.metrics()::load, POLL_MILLIS);
        closing.add(watched::close);
        watched.start();
        context.isBusy().set(false);
        if (models.all().isEmpty()) {
            throw new BadFileException(folder, "holds no model that can be served; put one in");
        }
    }

    private static InferenceServer start(ServerSettings settings, ModelStore models, InstantSource clock) {
        var limits = settings.limits();
        var metrics = new Metrics();
        int threads = Runtime.getRuntime().availableProcessors();
        var batcher = new Batcher(threads, limits.queue(), limits.waitMillis(), limits.batchMillis(), metrics::batch);
        var context = ServerContext.of(models, batcher, limits, metrics);
        metrics.gauge("mobilenet.queue.waiting", "Photos that wait to be run", batcher::waiting);
        metrics.gauge("mobilenet.bodies.bytes", "Bytes of bodies that are kept", context.bodies()::taken);
        var token = settings.token().map(BearerToken::new).orElse(null);
        var routing = HttpRouting.builder()
                .addFilter(new AccessFilter(context, token))
                .error(Throwable.class, new Problems(context.json()));
        routes(context, clock).forEach(routes -> routes.register(routing));
        var web = listener(settings, context).routing(routing).build().start();
        return new InferenceServer(context, web);
    }

    static List<Routes> routes(ServerContext context, InstantSource clock) {
        return List.of(
                new HealthRoutes(context),
                new ModelRoutes(context),
                new ExplainRoutes(context),
                new CostRoutes(new Latencies(), context.json().mapper()),
                new TeachRoutes(context, new TeachingSessions(TeachingLimits.DEFAULT, clock)),
                new PageRoutes(),
                new V2Routes(context),
                new TorchServeRoutes(context),
                new TfServingRoutes(context),
                new SageMakerRoutes(context),
                new OpenApiRoutes(context));
    }

    private static WebServerConfig.Builder listener(ServerSettings settings, ServerContext context) {
        var limits = settings.limits();
        var http = Http1Config.builder()
                .maxPrologueLength(LONGEST_LINE)
                .maxHeadersSize(LONGEST_HEADERS)
                .validatePrologue(true)
                .validatePath(true)
                .build();
        var listener = WebServer.builder()
                .host(settings.host())
                .port(settings.port())
                .shutdownHook(false)
                .maxTcpConnections(limits.connections())
                .idleConnectionTimeout(limits.idle())
                .idleConnectionPeriod(limits.idle().dividedBy(4))
                .shutdownGracePeriod(limits.grace())
                .connectionOptions(options -> options.readTimeout(limits.idle()))
                .directHandlers(new Problems(context.json()).handlers())
                .protocolsDiscoverServices(false)
                .addProtocol(http);
        settings.tls().ifPresent(files -> listener.tls(tls(files)));
        return listener;
    }

    private static Tls tls(PemFiles files) {
        var keys = Keys.builder()
                .pem(pem -> pem.key(Resource.create(files.key())).certChain(Resource.create(files.certificates())))
                .build();
        return Tls.builder().privateKey(keys).privateKeyCertChain(keys).build();
    }

    /// The port that it listens at.
    public int port() {
        return web.port();
    }

    /// Its address, such as `http://127.0.0.1:8080/`.
    public String address() {
        var host = web.prototype().host();
        return (web.hasTls() ? "https://" : "http://") + (host.contains(":") ? "[" + host + "]" : host) + ":" + port()
                + "/";
    }

    /// Says that it is not ready any more, finishes what it has begun, and stops.
    @Override
    public void close() {
        close(Duration.ZERO);
    }

    /// Says that it is not ready any more, takes requests for as long as `drain` all the same, as it
    /// takes a load
    /// balancer to notice, then finishes what it has begun, and stops.
    public void close(Duration drain) {
        context.isBusy().set(true);
        closing.forEach(Runnable::run);
        try {
            Thread.sleep(drain);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        web.stop();
        context.batcher().close();
    }
}
