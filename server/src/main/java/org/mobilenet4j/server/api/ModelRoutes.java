package org.mobilenet4j.server.api;

import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.classify.Prediction;
import org.mobilenet4j.detect.Detection;
import org.mobilenet4j.infer.measure.Profile;
import org.mobilenet4j.infer.measure.Repetition;
import org.mobilenet4j.model.Suppression;
import org.mobilenet4j.server.http.Parameters;
import org.mobilenet4j.server.http.Routes;
import org.mobilenet4j.server.http.ServerContext;
import org.mobilenet4j.server.model.Answer;
import org.mobilenet4j.server.model.Photo;
import org.mobilenet4j.server.model.ServedModel;

/// `/v1/models`, `/v1/classify`, `/v1/detect` and `/v1/embed`.
public final class ModelRoutes implements Routes {
    /// Enough for medians, and short.
    private static final Repetition PROFILE = new Repetition(3, 200_000_000);

    private final ServerContext context;

    /// @param context what is served
    public ModelRoutes(ServerContext context) {
        this.context = context;
    }

    @Override
    public void register(HttpRouting.Builder routing) {
        routing.get("/v1/models", this::models)
                .post("/v1/classify", this::classify)
                .post("/v1/detect", this::detect)
                .post("/v1/embed", this::embed);
    }

    private void models(ServerRequest request, ServerResponse response) {
        var chosen = context.models().defaultModel().orElse(null);
        var models = context.models().all().stream()
                .map(model -> ServedInfo.of(model, model == chosen))
                .toList();
        context.json().send(response, Map.of("models", models));
    }

    private void classify(ServerRequest request, ServerResponse response) throws Exception {
        var model = context.model(request);
        var parameters = Parameters.of(request);
        int top = parameters.number("top", 1, 100_000, 5);
        boolean isProfiled = parameters.isTrue("profile", false);
        var classifier = model.classifier();
        var photos = context.photos().read(request);
        var answers = context.batcher().run(model.photos(), photos);
        var layers = isProfiled ? profile(model) : null;
        send(
                response,
                model,
                photos,
                answers,
                (file, answer) ->
                        new Classified(file, classifier.rank(answer.outputs(), top), answer.millis(), layers));
    }

    private static List<Layer> profile(ServedModel model) {
        return Profile.of(model.plan(), PROFILE).layers().stream()
                .map(layer -> new Layer(layer.name(), layer.medianMillis()))
                .toList();
    }

    private void detect(ServerRequest request, ServerResponse response) throws Exception {
        var model = context.model(request);
        var parameters = Parameters.of(request);
        var detector = model.detector()
                .withMinScore((float) parameters.decimal("minScore", 0, 1, 0.5))
                .withLimit(parameters.number("limit", 1, Suppression.MOST, 100));
        var photos = context.photos().read(request);
        var answers = context.batcher().run(model.photos(), photos);
        send(
                response,
                model,
                photos,
                answers,
                (file, answer) -> new Detected(
                        file,
                        answer.photo().width(),
                        answer.photo().height(),
                        detector.detections(answer.photo(), answer.outputs()).stream()
                                .map(Found::of)
                                .toList(),
                        answer.millis()));
    }

    private void embed(ServerRequest request, ServerResponse response) throws Exception {
        var model = context.model(request);
        var lane = model.embeddings();
        var photos = context.photos().read(request);
        var answers = context.batcher().run(lane, photos);
        send(response, model, photos, answers, (file, answer) -> new Embedded(file, answer.outputs(), answer.millis()));
    }

    private void send(
            ServerResponse response, ServedModel model, List<Photo> photos, List<Answer> answers, Result result) {
        var results = new ArrayList<Object>();
        for (int i = 0; i < photos.size(); i++) {
            results.add(result.of(photos.get(i).name(), answers.get(i)));
        }
        context.json()
                .send(response, Map.of("model", model.name(), "version", "" + model.version(), "results", results));
    }

    private interface Result {
        Object of(@Nullable String file, Answer answer);
    }

    private record Classified(
            @Nullable String file,
            List<Prediction> predictions,
            double millis,
            @Nullable List<Layer> layers) {}

    private record Layer(String name, double millis) {}

    private record Detected(@Nullable String file, int width, int height, List<Found> detections, double millis) {}

    private record Found(String label, int index, float score, List<Float> box) {
        static Found of(Detection found) {
            var box = found.box();
            return new Found(
                    found.label(), found.index(), found.score(), List.of(box.y0(), box.x0(), box.y1(), box.x1()));
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Embedded(@Nullable String file, float[] embedding, double millis) {}
}
