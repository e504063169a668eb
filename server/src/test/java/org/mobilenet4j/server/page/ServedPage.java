package org.mobilenet4j.server.page;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.mobilenet4j.DefaultModel;
import org.mobilenet4j.classify.Classifier;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.image.ImageDecoder;
import org.mobilenet4j.infer.measure.Profile;
import org.mobilenet4j.infer.measure.Repetition;
import org.mobilenet4j.server.cost.CostRoutes;
import org.mobilenet4j.server.cost.Latencies;
import org.mobilenet4j.server.teach.TeachRoutes;
import org.mobilenet4j.server.teach.TeachingLimits;
import org.mobilenet4j.server.teach.TeachingSessions;
import tools.jackson.databind.json.JsonMapper;

/// The page with what it asks for, on any free port.
final class ServedPage implements AutoCloseable {
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    private final JsonMapper json = new JsonMapper();
    private final Classifier classifier = Classifier.open(DefaultModel.load());
    private final ClassMap maps = new ClassMap(classifier.plan().model());
    private final WebServer server;

    ServedPage() {
        var routing = HttpRouting.builder();
        new PageRoutes().register(routing);
        new CostRoutes(new Latencies(), json).register(routing);
        new TeachRoutes(
                        new TeachingSessions(
                                TeachingLimits.DEFAULT, () -> Instant.now().plus(ahead.get())),
                        _ -> classifier.plan().model(),
                        json)
                .register(routing);
        routing.get("/v1/models", (_, response) -> send(response, 200, models()))
                .post("/v1/classify", this::classify)
                .post("/v1/explain", this::explain)
                .error(BadFileException.class, (_, response, problem) -> problem(response, 415, problem))
                .error(BadValueException.class, (_, response, problem) -> problem(response, 422, problem));
        server = WebServer.builder()
                .host("127.0.0.1")
                .port(0)
                .shutdownHook(false)
                .routing(routing)
                .build()
                .start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.port() + "/");
    }

    /// From now on it is an hour later.
    void passAnHour() {
        ahead.updateAndGet(now -> now.plusHours(1));
    }

    Classifier classifier() {
        return classifier;
    }

    private Map<String, Object> models() {
        var model = classifier.plan().model();
        var input = model.network().input();
        return Map.of(
                "models",
                List.of(Map.of(
                        "name",
                        "default",
                        "version",
                        "1",
                        "network",
                        model.network().name(),
                        "task",
                        "classification",
                        "input",
                        List.of(input.height(), input.width(), input.channels()),
                        "classes",
                        model.classes(),
                        "default",
                        true)));
    }

    private void classify(ServerRequest request, ServerResponse response) throws IOException {
        var photo = ImageDecoder.decode(request.content().as(byte[].class), "the body");
        long began = System.nanoTime();
        var predictions = classifier.classify(photo, 5);
        double millis = (System.nanoTime() - began) / 1e6;
        var layers = Profile.of(classifier.plan(), new Repetition(3, 1_000_000_000)).layers().stream()
                .map(layer -> Map.of("name", layer.name(), "millis", layer.medianMillis()))
                .toList();
        send(
                response,
                200,
                Map.of("results", List.of(Map.of("predictions", predictions, "millis", millis, "layers", layers))));
    }

    private void explain(ServerRequest request, ServerResponse response) throws IOException {
        var photo = ImageDecoder.decode(request.content().as(byte[].class), "the body");
        int index = Integer.parseInt(request.query().get("class"));
        var predictions = classifier.classify(photo, 5);
        var found = predictions.stream().filter(each -> each.index() == index).findFirst();
        var map = maps.of(photo, index);
        send(response, 200, Map.of("results", List.of(Map.of("class", found.orElseThrow(), "map", map))));
    }

    private void problem(ServerResponse response, int status, Exception problem) {
        send(response, status, Map.of("status", status, "detail", String.valueOf(problem.getMessage())));
    }

    private void send(ServerResponse response, int status, Object answer) {
        response.status(Status.create(status))
                .header(HeaderNames.CONTENT_TYPE, status == 200 ? "application/json" : "application/problem+json")
                .send(json.writeValueAsBytes(answer));
    }

    @Override
    public void close() {
        server.stop();
    }
}
