package org.mobilenet4j.server.http;

import io.helidon.webserver.http.ServerRequest;
import java.util.concurrent.atomic.AtomicBoolean;
import org.mobilenet4j.server.batch.Batcher;
import org.mobilenet4j.server.metrics.Metrics;
import org.mobilenet4j.server.model.ModelStore;
import org.mobilenet4j.server.model.NoSuchModelException;
import org.mobilenet4j.server.model.ServedModel;
import org.mobilenet4j.server.settings.Limits;

/// What routes are made of.
///
/// @param models those that are served
/// @param batcher runs them
/// @param limits on what clients may ask
/// @param metrics counts it
/// @param json writes answers
/// @param bodies reads what clients send
/// @param photos reads photos
/// @param isBusy whether the server is not ready, as it loads its first models or soon ends
public record ServerContext(
        ModelStore models,
        Batcher batcher,
        Limits limits,
        Metrics metrics,
        Json json,
        Bodies bodies,
        Photos photos,
        AtomicBoolean isBusy) {
    /// A context of these models.
    public static ServerContext of(ModelStore models, Batcher batcher, Limits limits, Metrics metrics) {
        var bodies = new Bodies(limits);
        var photos = new Photos(bodies, limits);
        return new ServerContext(models, batcher, limits, metrics, new Json(), bodies, photos, new AtomicBoolean());
    }

    /// The model that the query of `request` names as `model=NAME` or `model=NAME:VERSION`, or the
    /// default model.
    ///
    /// @throws NoSuchModelException if it is not served
    public ServedModel model(ServerRequest request) {
        return models.find(Parameters.of(request).text("model").orElse(null));
    }

    /// Whether requests can be answered.
    public boolean isReady() {
        return !isBusy.get() && models.defaultModel().isPresent();
    }
}
