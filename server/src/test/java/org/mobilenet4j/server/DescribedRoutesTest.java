package org.mobilenet4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.http.HttpRouting;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.InstantSource;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.server.batch.Batcher;
import org.mobilenet4j.server.http.ServerContext;
import org.mobilenet4j.server.metrics.Metrics;
import org.mobilenet4j.server.model.ModelStore;
import org.mobilenet4j.server.settings.Limits;
import org.mobilenet4j.server.settings.ServerSettings;
import tools.jackson.databind.json.JsonMapper;

/// `/openapi.json` has the routes that the server registers, and no others.
class DescribedRoutesTest {
    @Test
    void describesEachRoute() throws Exception {
        assertThat(described())
                .as("add what is missing to the table of routes in server.openapi")
                .isEqualTo(registered());
    }

    private static Set<String> described() throws Exception {
        try (var server = InferenceServer.start(ServerSettings.DEFAULT.withPort(0));
                var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(server.address() + "openapi.json"));
            var text = client.send(request.build(), BodyHandlers.ofString()).body();
            var calls = new TreeSet<String>();
            new JsonMapper()
                    .readTree(text)
                    .path("paths")
                    .forEachEntry((path, methods) ->
                            methods.propertyNames().forEach(method -> calls.add(method + " " + path)));
            return calls;
        }
    }

    private static Set<String> registered() {
        var calls = new TreeSet<String>();
        var routing = (HttpRouting.Builder) Proxy.newProxyInstance(
                HttpRouting.class.getClassLoader(),
                new Class<?>[] {HttpRouting.Builder.class},
                (proxy, method, arguments) -> {
                    if (Set.of("get", "post", "put", "delete").contains(method.getName())) {
                        calls.add(method.getName() + " " + arguments[0]);
                    }
                    return proxy;
                });
        try (var batcher = new Batcher(1, 1, 1, 1000, _ -> {})) {
            var context = ServerContext.of(new ModelStore(null), batcher, Limits.DEFAULT, new Metrics());
            InferenceServer.routes(context, InstantSource.system()).forEach(routes -> routes.register(routing));
        }
        return calls;
    }
}
