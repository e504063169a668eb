package org.mobilenet4j.server.cost;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.technique.Technique;
import org.mobilenet4j.arch.zoo.NetworkSpec;
import org.mobilenet4j.cost.Cost;
import org.mobilenet4j.cost.CostDocument;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.server.http.Routes;
import tools.jackson.databind.json.JsonMapper;

/// `/v1/cost` and `/v1/networks`.
public final class CostRoutes implements Routes {
    /// What may be measured takes at most a few seconds and a few hundred megabytes.
    private static final long MOST_MULT_ADDS = 4_000_000_000L;

    private static final long MOST_PARAMETERS = 50_000_000;

    private final Latencies latencies;
    private final JsonMapper json;
    private final Map<String, Object> catalog = Catalog.document();

    /// @param latencies of this machine
    public CostRoutes(Latencies latencies, JsonMapper json) {
        this.latencies = latencies;
        this.json = json;
    }

    @Override
    public void register(HttpRouting.Builder routing) {
        routing.get("/v1/networks", (_, response) -> send(response, catalog))
                .get("/v1/cost", this::cost)
                .post("/v1/cost/measure", this::measure);
    }

    private void cost(ServerRequest request, ServerResponse response) {
        var network = network(request);
        var document = CostDocument.of(Cost.of(network));
        latencies.predicted(network).ifPresent(millis -> document.put("predictedMillis", millis));
        send(response, document);
    }

    private void measure(ServerRequest request, ServerResponse response) {
        var network = network(request);
        var cost = Cost.of(network);
        if (cost.multAdds() > MOST_MULT_ADDS || cost.parameters().trainable() > MOST_PARAMETERS) {
            throw new BadValueException("the network " + network.name() + " is too large to be measured here; use the"
                    + " command benchmark");
        }
        var millis = latencies.measured(network);
        if (millis.isEmpty()) {
            throw new BadValueException("something else is being measured; try again in some seconds");
        }
        send(response, Map.of("network", network.name(), "medianMillis", millis.getAsDouble()));
    }

    private static Network network(ServerRequest request) {
        var query = request.query();
        var name = query.first("network").orElse("mobilenet-v1");
        var classes = query.first("classes").map(CostRoutes::number).orElse(OptionalInt.empty());
        var network = NetworkSpec.parse(name).network(OptionalDouble.empty(), OptionalInt.empty(), classes);
        for (var technique : Technique.parseAll(query.first("apply").orElse(""))) {
            network = technique.apply(network);
        }
        return network;
    }

    private static OptionalInt number(String text) {
        try {
            return OptionalInt.of(Integer.parseInt(text));
        } catch (NumberFormatException e) {
            throw new BadValueException("classes must be a number", e);
        }
    }

    private void send(ServerResponse response, Object answer) {
        response.header(HeaderNames.CONTENT_TYPE, "application/json").send(json.writeValueAsBytes(answer));
    }
}
