package org.mobilenet4j.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/// Around each request: who may call, counts, and a line of the log, which is JSON in ASCII, so that
/// nothing from
/// outside ends the line or commands a terminal.
public final class AccessFilter implements Filter {
    private static final System.Logger LOG = System.getLogger("org.mobilenet4j.server.access");
    /// Of a path in the log; a client may send as much as headers may have.
    private static final int LONGEST = 200;

    private final ServerContext context;
    private final @Nullable BearerToken token;

    /// @param token what clients must know, or null if anybody may call
    public AccessFilter(ServerContext context, @Nullable BearerToken token) {
        this.context = context;
        this.token = token;
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        long start = System.nanoTime();
        context.bodies().open(request.context());
        try {
            if (token != null) {
                token.check(request);
            }
            if (context.isBusy().get()) {
                response.header(HeaderNames.CONNECTION, "close"); // so that no request comes as the connection ends
            }
            chain.proceed();
        } finally {
            context.bodies().close(request.context());
            finished(request, response, System.nanoTime() - start);
        }
    }

    private void finished(RoutingRequest request, RoutingResponse response, long nanos) {
        int status = response.status().code();
        var route = request.matchingPattern().orElse("none");
        var method = request.prologue().method().text();
        context.metrics().request(route, KnownMethods.of(method), status, nanos);
        if (!LOG.isLoggable(Level.INFO)) {
            return;
        }
        var line = new LinkedHashMap<String, Object>();
        line.put("client", request.remotePeer().host());
        line.put("method", cut(method));
        line.put("path", cut(request.path().rawPath()));
        line.put("status", status);
        line.put("bytes", response.bytesWritten());
        line.put("millis", Math.round(nanos / 1e4) / 100.0);
        LOG.log(Level.INFO, context.json().line(line));
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }
}
