package org.mobilenet4j.server.protocol.v2;

import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.server.http.Routes;
import org.mobilenet4j.server.http.ServerContext;
import org.mobilenet4j.server.model.ServedModel;
import org.mobilenet4j.server.protocol.Errors;

/// `/v2/repository/...`: Triton's extension to load and unload models. What is unloaded is
/// served no longer; its
/// weights stay in memory, so that it can be loaded again, and what it is compiled to does not.
final class RepositoryRoutes implements Routes {
    private final ServerContext context;
    /// By name and version.
    private final ConcurrentSkipListMap<String, Map<Long, Model>> unloaded = new ConcurrentSkipListMap<>();

    RepositoryRoutes(ServerContext context) {
        this.context = context;
    }

    @Override
    public void register(HttpRouting.Builder routing) {
        var errors = new Errors(context, problem -> Map.of("error", "" + problem.getMessage()));
        routing.post("/v2/repository/index", errors.guard(this::index))
                .post("/v2/repository/models/{model}/load", errors.guard(this::load))
                .post("/v2/repository/models/{model}/unload", errors.guard(this::unload));
    }

    private void index(ServerRequest request, ServerResponse response) {
        context.bodies().read(request);
        var index = new ArrayList<Map<String, String>>();
        context.models().all().forEach(model -> index.add(entry(model.name(), model.version(), "READY")));
        unloaded.forEach((name, versions) -> versions.keySet().stream()
                .filter(version ->
                        context.models().versions(name).stream().noneMatch(each -> each.version() == version))
                .forEach(version -> index.add(entry(name, version, "UNAVAILABLE"))));
        context.json().send(response, index);
    }

    private static Map<String, String> entry(String name, long version, String state) {
        return Map.of("name", name, "version", "" + version, "state", state, "reason", "");
    }

    private synchronized void load(ServerRequest request, ServerResponse response) {
        context.bodies().read(request);
        var name = request.path().pathParameters().get("model");
        var versions = unloaded.remove(name);
        if (versions == null) {
            context.models().get(name); // is loaded, or unknown
        } else {
            versions.forEach((version, model) -> context.models().put(new ServedModel(name, version, model)));
        }
        context.json().send(response, Map.of());
    }

    private synchronized void unload(ServerRequest request, ServerResponse response) {
        context.bodies().read(request);
        var name = request.path().pathParameters().get("model");
        context.models().get(name); // is there
        var models = new TreeMap<Long, Model>();
        for (var model : List.copyOf(context.models().versions(name))) {
            models.put(model.version(), model.model());
            context.models().remove(name, model.version());
        }
        unloaded.put(name, models);
        context.json().send(response, Map.of());
    }
}
