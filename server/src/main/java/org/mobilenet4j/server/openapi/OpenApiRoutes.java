package org.mobilenet4j.server.openapi;

import io.helidon.webserver.http.HttpRouting;
import org.mobilenet4j.server.http.Routes;
import org.mobilenet4j.server.http.ServerContext;

/// `/openapi.json`.
public final class OpenApiRoutes implements Routes {
    private final ServerContext context;

    /// @param context writes it
    public OpenApiRoutes(ServerContext context) {
        this.context = context;
    }

    @Override
    public void register(HttpRouting.Builder routing) {
        var document = OpenApi.document(RouteTable.ROUTES);
        routing.get("/openapi.json", (_, response) -> context.json().send(response, document));
    }
}
