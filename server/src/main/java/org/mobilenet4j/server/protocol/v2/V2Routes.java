package org.mobilenet4j.server.protocol.v2;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.server.http.Routes;
import org.mobilenet4j.server.http.ServerContext;
import org.mobilenet4j.server.model.ServedModel;
import org.mobilenet4j.server.protocol.Errors;
import org.mobilenet4j.server.protocol.Outputs;
import org.mobilenet4j.server.protocol.Runs;
import org.mobilenet4j.server.protocol.Version;

/// `/v2/...`.
public final class V2Routes implements Routes {
    private static final HeaderName JSON_LENGTH = HeaderNames.create("Inference-Header-Content-Length");

    private final ServerContext context;
    private final Runs runs;

    /// @param context what is served
    public V2Routes(ServerContext context) {
        this.context = context;
        this.runs = new Runs(context);
    }

    @Override
    public void register(HttpRouting.Builder routing) {
        var errors = new Errors(context, problem -> Map.of("error", "" + problem.getMessage()));
        routing.get("/v2", errors.guard(this::server))
                .get(
                        "/v2/health/live",
                        errors.guard((_, response) -> context.json().send(response, Map.of("live", true))))
                .get("/v2/health/ready", errors.guard(this::ready));
        for (var model : List.of("/v2/models/{model}", "/v2/models/{model}/versions/{version}")) {
            routing.get(model, errors.guard(this::metadata))
                    .get(model + "/ready", errors.guard(this::modelReady))
                    .post(model + "/infer", errors.guard(this::infer));
        }
        new RepositoryRoutes(context).register(routing);
    }

    private void server(ServerRequest request, ServerResponse response) {
        var version = V2Routes.class.getModule().getDescriptor() == null
                ? Optional.<String>empty()
                : V2Routes.class.getModule().getDescriptor().rawVersion();
        context.json()
                .send(
                        response,
                        Map.of(
                                "name",
                                "mobilenet4j",
                                "version",
                                version.orElse("unknown"),
                                "extensions",
                                List.of("classification", "binary_tensor_data", "model_repository")));
    }

    private void ready(ServerRequest request, ServerResponse response) {
        boolean isReady = context.isReady();
        response.status(isReady ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503);
        context.json().send(response, Map.of("ready", isReady));
    }

    private void modelReady(ServerRequest request, ServerResponse response) {
        var model = model(request);
        context.json().send(response, Map.of("name", model.name(), "ready", true));
    }

    private void metadata(ServerRequest request, ServerResponse response) {
        var model = model(request);
        var versions = context.models().versions(model.name()).stream()
                .map(each -> "" + each.version())
                .toList();
        var input = model.plan().inputShape();
        var type = model.model()
                .quantization()
                .map(maps -> maps.input().type().name())
                .orElse("FP32");
        var shape = List.of(-1, input.height(), input.width(), input.channels());
        context.json()
                .send(
                        response,
                        Map.of(
                                "name",
                                model.name(),
                                "versions",
                                versions,
                                "platform",
                                "mobilenet4j",
                                "inputs",
                                List.of(Map.of("name", "input", "datatype", type, "shape", shape)),
                                "outputs",
                                Outputs.names(model).stream()
                                        .map(name -> output(model, name))
                                        .toList()));
    }

    private static Map<String, Object> output(ServedModel model, String name) {
        var shape = new ArrayList<Long>(List.of(-1L));
        shape.addAll(Outputs.shape(model, name));
        return Map.of("name", name, "datatype", "FP32", "shape", shape);
    }

    private void infer(ServerRequest request, ServerResponse response) throws Exception {
        var model = model(request);
        var body = context.bodies().read(request);
        var length = request.headers().first(JSON_LENGTH);
        var read = InferRequestReader.read(body, length.isPresent() ? number(length.get()) : body.length);
        InferResponse.check(read, model);
        var input = read.input();
        var outputs = input.type() == DataType.BYTES
                ? runs.photos(model, input.photos())
                : runs.tensors(model, input.shape(), input.real(model));
        var answer = new InferResponse(outputs);
        var json = context.json().bytes(answer.json(read));
        var bytes = answer.bytes();
        if (bytes.length == 0) {
            response.header(HeaderNames.CONTENT_TYPE, "application/json").send(json);
            return;
        }
        var all = Arrays.copyOf(json, json.length + bytes.length);
        System.arraycopy(bytes, 0, all, json.length, bytes.length);
        response.header(HeaderNames.CONTENT_TYPE, "application/octet-stream")
                .header(JSON_LENGTH, "" + json.length)
                .send(all);
    }

    private static int number(String text) {
        if (!text.matches("\\d{1,9}")) {
            throw new BadValueException("Inference-Header-Content-Length must be a number of bytes");
        }
        return Integer.parseInt(text);
    }

    private ServedModel model(ServerRequest request) {
        return Version.model(context.models(), request);
    }
}
