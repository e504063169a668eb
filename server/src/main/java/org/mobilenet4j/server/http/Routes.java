package org.mobilenet4j.server.http;

import io.helidon.webserver.http.HttpRouting;

/// Some of the paths that the server answers. Handlers throw what goes wrong; [Problems] answers for
/// them.
public interface Routes {
    /// Adds them.
    void register(HttpRouting.Builder routing);
}
