package org.mobilenet4j.server.protocol.tfserving;

import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.mobilenet4j.server.http.Routes;
import org.mobilenet4j.server.http.ServerContext;
import org.mobilenet4j.server.model.ServedModel;
import org.mobilenet4j.server.protocol.Errors;
import org.mobilenet4j.server.protocol.Outputs;
import org.mobilenet4j.server.protocol.Runs;
import org.mobilenet4j.server.protocol.Version;

/// `/v1/models/{model}...`. The one output is the probabilities of a classifier, and the
/// raw outputs of others.
public final class TfServingRoutes implements Routes {
    private final ServerContext context;
    private final Runs runs;

    /// @param context what is served
    public TfServingRoutes(ServerContext context) {
        this.context = context;
        this.runs = new Runs(context);
    }

    @Override
    public void register(HttpRouting.Builder routing) {
        var errors = new Errors(context, problem -> Map.of("error", "" + problem.getMessage()));
        for (var model : List.of("/v1/models/{model}", "/v1/models/{model}/versions/{version}")) {
            routing.get(model, errors.guard(this::status))
                    .get(model + "/metadata", errors.guard(this::metadata))
                    .post(model + ":predict", errors.guard(this::predict));
        }
    }

    private void status(ServerRequest request, ServerResponse response) {
        var model = Version.model(context.models(), request);
        boolean isOne = request.path().pathParameters().contains("version");
        var versions =
                isOne ? List.of(model) : context.models().versions(model.name()).reversed();
        var states = versions.stream()
                .map(each -> Map.of(
                        "version",
                        "" + each.version(),
                        "state",
                        "AVAILABLE",
                        "status",
                        Map.of("error_code", "OK", "error_message", "")))
                .toList();
        context.json().send(response, Map.of("model_version_status", states));
    }

    private void metadata(ServerRequest request, ServerResponse response) {
        var model = Version.model(context.models(), request);
        var shape = model.plan().inputShape();
        var output = Outputs.names(model).getFirst();
        var signature = Map.of(
                "inputs",
                Map.of("input", tensor("input", List.of((long) shape.height(), (long) shape.width(), (long)
                        shape.channels()))),
                "outputs",
                Map.of(output, tensor(output, Outputs.shape(model, output))),
                "method_name",
                "tensorflow/serving/predict");
        var spec = Map.of("name", model.name(), "signature_name", "", "version", "" + model.version());
        var all = Map.of("signature_def", Map.of("signature_def", Map.of("serving_default", signature)));
        context.json().send(response, Map.of("model_spec", spec, "metadata", all));
    }

    private static Map<String, Object> tensor(String name, List<Long> shape) {
        var sizes = new ArrayList<Map<String, String>>();
        sizes.add(Map.of("size", "-1", "name", ""));
        shape.forEach(size -> sizes.add(Map.of("size", "" + size, "name", "")));
        return Map.of(
                "dtype", "DT_FLOAT", "tensor_shape", Map.of("dim", sizes, "unknown_rank", false), "name", name + ":0");
    }

    private void predict(ServerRequest request, ServerResponse response) throws Exception {
        var model = Version.model(context.models(), request);
        var read = PredictRequest.read(context.bodies().read(request));
        var outputs = runs.run(model, read.inputs());
        context.json().send(response, Map.of(read.areRows() ? "predictions" : "outputs", rows(model, outputs)));
    }

    /// Nested as the output's shape is.
    private static List<Object> rows(ServedModel model, Outputs outputs) {
        var name = Outputs.names(model).getFirst();
        var shape = Outputs.shape(model, name);
        return outputs.values(name).stream()
                .map(row -> shape.size() == 1 ? row : nested(row, shape))
                .collect(Collectors.toList());
    }

    private static Object nested(float[] row, List<Long> shape) {
        int width = shape.get(1).intValue();
        int channels = shape.get(2).intValue();
        var nested = new float[shape.getFirst().intValue()][width][channels];
        for (int i = 0; i < row.length; i += channels) {
            System.arraycopy(row, i, nested[i / channels / width][i / channels % width], 0, channels);
        }
        return nested;
    }
}
