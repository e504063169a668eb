package org.mobilenet4j.server.api;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import java.util.Map;
import org.mobilenet4j.server.http.Routes;
import org.mobilenet4j.server.http.ServerContext;

/// `/health/live`, `/health/ready` and `/metrics`.
public final class HealthRoutes implements Routes {
    private final ServerContext context;

    /// @param context whose health it is
    public HealthRoutes(ServerContext context) {
        this.context = context;
    }

    @Override
    public void register(HttpRouting.Builder routing) {
        routing.get("/health/live", (_, response) -> context.json().send(response, Map.of("live", true)))
                .get("/health/ready", (_, response) -> {
                    boolean isReady = context.isReady();
                    response.status(isReady ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503);
                    context.json().send(response, Map.of("ready", isReady));
                })
                .get(
                        "/metrics",
                        (_, response) -> response.header(
                                        HeaderNames.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")
                                .send(context.metrics().text()));
    }
}
