package org.mobilenet4j.server.protocol;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import java.io.UncheckedIOException;
import org.mobilenet4j.server.http.ProblemException;
import org.mobilenet4j.server.http.Problems;
import org.mobilenet4j.server.http.ServerContext;

/// Answers for what goes wrong in the form that a protocol has.
public final class Errors {
    private final ServerContext context;
    private final Body body;

    /// @param body what such an answer looks like
    public Errors(ServerContext context, Body body) {
        this.context = context;
        this.body = body;
    }

    /// The body of an answer that says what went wrong.
    public interface Body {
        /// To be written as JSON.
        Object of(ProblemException problem);
    }

    /// `handler`, whose exceptions are answered.
    public Handler guard(Handler handler) {
        return (request, response) -> {
            try {
                handler.handle(request, response);
            } catch (CloseConnectionException | UncheckedIOException closed) {
                throw closed;
            } catch (Exception thrown) {
                if (thrown instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
                var problem = Problems.of(thrown);
                if (response.isSent()) {
                    throw new CloseConnectionException("failed in the middle of an answer", thrown);
                }
                if (problem.retrySeconds() > 0) {
                    response.header(HeaderNames.RETRY_AFTER, "" + problem.retrySeconds());
                }
                if (!request.content().consumed()) {
                    response.header(HeaderNames.CONNECTION, "close");
                }
                context.json().send(response.status(problem.status()), body.of(problem));
            }
        };
    }
}
