package org.mobilenet4j.server.protocol.sagemaker;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.mobilenet4j.server.http.Routes;
import org.mobilenet4j.server.http.ServerContext;
import org.mobilenet4j.server.model.Answer;
import org.mobilenet4j.server.model.ServedModel;
import org.mobilenet4j.server.protocol.Errors;
import org.mobilenet4j.server.protocol.Outputs;
import org.mobilenet4j.server.protocol.Runs;
import org.mobilenet4j.server.protocol.tfserving.PredictRequest;

/// `POST /invocations`; `GET /ping` is TorchServe's.
public final class SageMakerRoutes implements Routes {
    private static final int TOP = 5;

    private final ServerContext context;
    private final Runs runs;

    /// @param context what is served
    public SageMakerRoutes(ServerContext context) {
        this.context = context;
        this.runs = new Runs(context);
    }

    @Override
    public void register(HttpRouting.Builder routing) {
        var errors = new Errors(context, problem -> Map.of("error", "" + problem.getMessage()));
        routing.post("/invocations", errors.guard(this::invoke));
    }

    /// JSON as TensorFlow Serving has it, answered with values; or photos, answered
    /// with the best classes or with
    /// boxes.
    private void invoke(ServerRequest request, ServerResponse response) throws Exception {
        var model = context.model(request);
        var type = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("").toLowerCase(Locale.ROOT);
        List<?> predictions;
        if (type.startsWith("application/json")) {
            var read = PredictRequest.read(context.bodies().read(request));
            predictions =
                    runs.run(model, read.inputs()).values(Outputs.names(model).getFirst());
        } else {
            if (!model.isDetector()) {
                model.classifier(); // says so if it is none
            }
            predictions = runs.answers(model, context.photos().read(request)).stream()
                    .map(answer -> answer(model, answer))
                    .toList();
        }
        context.json().send(response, Map.of("predictions", predictions));
    }

    private static Object answer(ServedModel model, Answer answer) {
        if (model.isDetector()) {
            return model.detector().detections(answer.photo(), answer.outputs()).stream()
                    .map(found -> Map.of(
                            "label", found.label(),
                            "score", found.score(),
                            "box",
                                    List.of(
                                            found.box().y0(),
                                            found.box().x0(),
                                            found.box().y1(),
                                            found.box().x1())))
                    .toList();
        }
        return model.classifier().rank(answer.outputs(), TOP).stream()
                .map(best -> Map.of("index", best.index(), "label", best.label(), "probability", best.probability()))
                .toList();
    }
}
