package org.mobilenet4j.server.protocol.torchserve;

import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mobilenet4j.detect.Detection;
import org.mobilenet4j.server.http.Parameters;
import org.mobilenet4j.server.http.Routes;
import org.mobilenet4j.server.http.ServerContext;
import org.mobilenet4j.server.model.Answer;
import org.mobilenet4j.server.model.ServedModel;
import org.mobilenet4j.server.protocol.Errors;
import org.mobilenet4j.server.protocol.Runs;
import org.mobilenet4j.server.protocol.Version;

/// `/ping`, which SageMaker asks for too, `/predictions/...`, and the models.
public final class TorchServeRoutes implements Routes {
    private static final int TOP = 5;

    private final ServerContext context;
    private final Runs runs;

    /// @param context what is served
    public TorchServeRoutes(ServerContext context) {
        this.context = context;
        this.runs = new Runs(context);
    }

    @Override
    public void register(HttpRouting.Builder routing) {
        var errors = new Errors(
                context,
                problem -> Map.of(
                        "code",
                        problem.status().code(),
                        "type",
                        problem.status().code() == 404 ? "ModelNotFoundException" : "BadRequestException",
                        "message",
                        "" + problem.getMessage()));
        routing.get("/ping", errors.guard(this::ping))
                .get("/models", errors.guard(this::models))
                .get("/models/{model}", errors.guard(this::model))
                .get("/models/{model}/{version}", errors.guard(this::model));
        for (var path : List.of("/predictions/{model}", "/predictions/{model}/{version}")) {
            routing.post(path, errors.guard(this::predict)).put(path, errors.guard(this::predict));
        }
    }

    private void ping(ServerRequest request, ServerResponse response) {
        boolean isReady = context.isReady();
        response.status(isReady ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503);
        context.json().send(response, Map.of("status", isReady ? "Healthy" : "Unhealthy"));
    }

    private void models(ServerRequest request, ServerResponse response) {
        var names = context.models().all().stream().map(ServedModel::name).distinct();
        var models =
                names.map(name -> Map.of("modelName", name, "modelUrl", name)).toList();
        context.json().send(response, Map.of("models", models));
    }

    private void model(ServerRequest request, ServerResponse response) {
        var model = Version.model(context.models(), request);
        var about = new LinkedHashMap<String, Object>();
        about.put("modelName", model.name());
        about.put("modelVersion", "" + model.version());
        about.put("modelUrl", model.name());
        about.put("runtime", "java");
        about.put("minWorkers", 1);
        about.put("maxWorkers", Runtime.getRuntime().availableProcessors());
        about.put("loadedAtStartup", true);
        about.put("workers", List.of(Map.of("id", "1", "status", "READY", "gpu", false)));
        context.json().send(response, List.of(about));
    }

    private void predict(ServerRequest request, ServerResponse response) throws Exception {
        var model = Version.model(context.models(), request);
        int top = Parameters.of(request).number("top", 1, 100_000, TOP);
        if (!model.isDetector()) {
            model.classifier(); // says so if it is none
        }
        var answers = runs.answers(model, context.photos().read(request)).stream()
                .map(answer -> answer(model, answer, top))
                .toList();
        context.json().send(response, answers.size() == 1 ? answers.getFirst() : answers);
    }

    private static Object answer(ServedModel model, Answer answer, int top) {
        if (model.isDetector()) {
            return model.detector().detections(answer.photo(), answer.outputs()).stream()
                    .map(TorchServeRoutes::found)
                    .toList();
        }
        var labels = new LinkedHashMap<String, Float>();
        for (var prediction : model.classifier().rank(answer.outputs(), top)) {
            labels.putIfAbsent(prediction.label(), prediction.probability());
        }
        return labels;
    }

    /// The corners as x, y.
    private static Map<String, Object> found(Detection found) {
        var box = found.box();
        var item = new LinkedHashMap<String, Object>();
        item.put(found.label(), List.of(box.x0(), box.y0(), box.x1(), box.y1()));
        item.put("score", found.score());
        return item;
    }
}
