package org.mobilenet4j.server.page;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.mobilenet4j.DefaultModel;
import org.mobilenet4j.classify.Classifier;
import org.mobilenet4j.server.InferenceServer;
import org.mobilenet4j.server.settings.ServerSettings;

/// The server with its page, on any free port.
final class ServedPage implements AutoCloseable {
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    private final Classifier classifier = Classifier.open(DefaultModel.load());
    private final InferenceServer server;

    ServedPage() {
        server = InferenceServer.start(
                ServerSettings.DEFAULT.withPort(0),
                "default",
                classifier.plan().model(),
                () -> Instant.now().plus(ahead.get()));
    }

    URI address() {
        return URI.create(server.address());
    }

    /// From now on it is an hour later.
    void passAnHour() {
        ahead.updateAndGet(now -> now.plusHours(1));
    }

    Classifier classifier() {
        return classifier;
    }

    @Override
    public void close() {
        server.close();
    }
}
