package org.mobilenet4j.server.openapi;

import java.util.List;
import java.util.Locale;
import org.mobilenet4j.server.openapi.Route.Body;

/// All routes, for their description. A test holds it against what the server registers.
final class RouteTable {
    private static final String MODEL = "/v2/models/{model}";
    private static final String TF = "/v1/models/{model}";
    private static final String TEACH = "/v1/teach/{session}";

    /// The columns: method and path, protocol, summary, body; the answer is JSON if
    /// nothing else is said.
    static final List<Route> ROUTES = List.of(
            route("GET /health/live", "health", "Whether the server runs", Body.NONE),
            route("GET /health/ready", "health", "Whether it answers requests", Body.NONE),
            text("GET /metrics", "health", "Counters and times for Prometheus"),
            route("GET /openapi.json", "health", "This description", Body.NONE),
            route("GET /v1/models", "mobilenet4j", "The models that are served", Body.NONE),
            route("POST /v1/classify", "mobilenet4j", "The classes that photos show", Body.PHOTOS),
            route("POST /v1/detect", "mobilenet4j", "The objects in photos", Body.PHOTOS),
            route("POST /v1/embed", "mobilenet4j", "The features of photos", Body.PHOTOS),
            route("POST /v1/explain", "mobilenet4j", "Where in photos a class is seen", Body.PHOTOS),
            route("GET /v1/networks", "mobilenet4j", "Networks, techniques, published accuracies", Body.NONE),
            route("GET /v1/cost", "mobilenet4j", "What a network costs", Body.NONE),
            route("POST /v1/cost/measure", "mobilenet4j", "How long a network takes here", Body.NONE),
            route("POST /v1/teach", "mobilenet4j", "Begins to teach classes", Body.NONE),
            route("GET " + TEACH, "mobilenet4j", "The classes of a session", Body.NONE),
            route("DELETE " + TEACH, "mobilenet4j", "Ends a session", Body.NONE),
            route("POST " + TEACH + "/classes/{label}", "mobilenet4j", "Adds a photo to a class", Body.PHOTOS),
            route("PUT " + TEACH + "/classes/{label}", "mobilenet4j", "Renames a class", Body.JSON),
            route("DELETE " + TEACH + "/classes/{label}", "mobilenet4j", "Removes a class", Body.NONE),
            route("DELETE " + TEACH + "/classes/{label}/photos/{photo}", "mobilenet4j", "Removes a photo", Body.NONE),
            route("POST " + TEACH + "/fit", "mobilenet4j", "Trains the classes", Body.NONE),
            route("POST " + TEACH + "/classify", "mobilenet4j", "What a photo shows of them", Body.PHOTOS),
            route("GET " + TEACH + "/model", "mobilenet4j", "The trained model as a file", Body.NONE),
            route("GET /v2", "Open Inference Protocol", "What the server is", Body.NONE),
            route("GET /v2/health/live", "Open Inference Protocol", "Whether the server runs", Body.NONE),
            route("GET /v2/health/ready", "Open Inference Protocol", "Whether it answers requests", Body.NONE),
            route("GET " + MODEL, "Open Inference Protocol", "A model's inputs and outputs", Body.NONE),
            route("GET " + MODEL + "/ready", "Open Inference Protocol", "Whether a model is served", Body.NONE),
            route("POST " + MODEL + "/infer", "Open Inference Protocol", "Runs a model", Body.JSON_AND_BYTES),
            route("GET " + MODEL + "/versions/{version}", "Open Inference Protocol", "A version's inputs", Body.NONE),
            route(
                    "GET " + MODEL + "/versions/{version}/ready",
                    "Open Inference Protocol",
                    "Whether it is served",
                    Body.NONE),
            route(
                    "POST " + MODEL + "/versions/{version}/infer",
                    "Open Inference Protocol",
                    "Runs it",
                    Body.JSON_AND_BYTES),
            route("POST /v2/repository/index", "Open Inference Protocol", "Models and their states", Body.JSON),
            route(
                    "POST /v2/repository/models/{model}/load",
                    "Open Inference Protocol",
                    "Serves a model again",
                    Body.JSON),
            route(
                    "POST /v2/repository/models/{model}/unload",
                    "Open Inference Protocol",
                    "Ceases to serve it",
                    Body.JSON),
            route("GET /ping", "TorchServe", "Whether the server answers requests; SageMaker's too", Body.NONE),
            route("GET /models", "TorchServe", "The models that are served", Body.NONE),
            route("GET /models/{model}", "TorchServe", "What a model is", Body.NONE),
            route("GET /models/{model}/{version}", "TorchServe", "What a version of a model is", Body.NONE),
            route("POST /predictions/{model}", "TorchServe", "The classes that photos show", Body.PHOTOS),
            route("PUT /predictions/{model}", "TorchServe", "The same", Body.PHOTOS),
            route("POST /predictions/{model}/{version}", "TorchServe", "The same by a version", Body.PHOTOS),
            route("PUT /predictions/{model}/{version}", "TorchServe", "The same by a version", Body.PHOTOS),
            route("GET " + TF, "TensorFlow Serving", "The versions of a model", Body.NONE),
            route("GET " + TF + "/metadata", "TensorFlow Serving", "A model's inputs and outputs", Body.NONE),
            route("POST " + TF + ":predict", "TensorFlow Serving", "Runs a model", Body.JSON),
            route("GET " + TF + "/versions/{version}", "TensorFlow Serving", "A version's state", Body.NONE),
            route("GET " + TF + "/versions/{version}/metadata", "TensorFlow Serving", "A version's inputs", Body.NONE),
            route("POST " + TF + "/versions/{version}:predict", "TensorFlow Serving", "Runs a version", Body.JSON),
            route("POST /invocations", "SageMaker", "Runs the default model", Body.PHOTOS_OR_JSON));

    private RouteTable() {}

    private static Route route(String call, String protocol, String summary, Body body) {
        int space = call.indexOf(' ');
        var method = call.substring(0, space).toLowerCase(Locale.ROOT);
        return new Route(method, call.substring(space + 1), protocol, summary, body, "application/json");
    }

    private static Route text(String call, String protocol, String summary) {
        var json = route(call, protocol, summary, Body.NONE);
        return new Route(json.method(), json.path(), protocol, summary, Body.NONE, "text/plain");
    }
}
