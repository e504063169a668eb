package org.mobilenet4j.server.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpException;
import io.helidon.http.RequestException;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.ErrorHandler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.util.concurrent.ExecutionException;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.server.batch.QueueFullException;
import org.mobilenet4j.server.model.BadPhotoException;
import org.mobilenet4j.server.model.NoSuchModelException;
import org.mobilenet4j.text.OneLine;

/// Answers for what goes wrong: which status an exception has, and the body that says so.
public final class Problems implements ErrorHandler<Throwable> {
    private static final System.Logger LOG = System.getLogger(Problems.class.getName());
    /// As RFC 9110 calls it.
    static final Status UNPROCESSABLE = Status.create(422, "Unprocessable Content");

    private final Json json;

    /// @param json writes the bodies
    public Problems(Json json) {
        this.json = json;
    }

    /// The problem that `thrown` is to a client. What only a bug throws says nothing of itself; the
    /// log does.
    public static ProblemException of(Throwable thrown) {
        return switch (thrown) {
            case ProblemException problem -> problem;
            case ExecutionException failed when failed.getCause() != null -> of(failed.getCause());
            case QueueFullException full ->
                new ProblemException(Status.TOO_MANY_REQUESTS_429, message(full), full.retrySeconds());
            case BadPhotoException bad ->
                new ProblemException(bad.isNoImage() ? Status.UNSUPPORTED_MEDIA_TYPE_415 : UNPROCESSABLE, message(bad));
            case NoSuchModelException missing -> new ProblemException(Status.NOT_FOUND_404, message(missing));
            case BadValueException bad -> new ProblemException(Status.BAD_REQUEST_400, message(bad));
            case RequestException bad -> new ProblemException(bad.status(), "the request is malformed");
            case HttpException bad -> new ProblemException(bad.status(), detail(bad.status()));
            default -> {
                LOG.log(Level.ERROR, "a request failed", thrown);
                yield new ProblemException(Status.INTERNAL_SERVER_ERROR_500, "the server failed; its log says more");
            }
        };
    }

    private static String detail(Status status) {
        return status.code() == 404 ? "there is nothing at this path; see /openapi.json" : status.reasonPhrase();
    }

    private static String message(Exception problem) {
        return OneLine.of(String.valueOf(problem.getMessage()));
    }

    /// Answers with the problem that `thrown` is.
    @Override
    public void handle(ServerRequest request, ServerResponse response, Throwable thrown) {
        if (thrown instanceof CloseConnectionException || thrown instanceof UncheckedIOException) {
            throw (RuntimeException) thrown; // nobody is there to be answered
        }
        var problem = of(thrown);
        if (response.isSent()) {
            throw new CloseConnectionException("failed in the middle of an answer", thrown);
        }
        if (problem.retrySeconds() > 0) {
            response.header(HeaderNames.RETRY_AFTER, "" + problem.retrySeconds());
        }
        if (problem.status().code() == 401) {
            response.header(HeaderNames.WWW_AUTHENTICATE, "Bearer");
        }
        if (!request.content().consumed()) {
            // Nobody reads the rest of a body that may be endless.
            response.header(HeaderNames.CONNECTION, "close");
        }
        var path = request.path().rawPath();
        response.status(problem.status())
                .header(HeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .send(json.bytes(Problem.of(problem.status(), message(problem), path)));
    }

    /// Answers for requests that never reach a route.
    public DirectHandlers handlers() {
        var handlers = DirectHandlers.builder();
        for (var type : EventType.values()) {
            handlers.addHandler(type, new Malformed(json));
        }
        return handlers.build();
    }

    private record Malformed(Json json) implements DirectHandler {
        /// What a route fails with is answered above. So what is an internal error to Helidon here is a request that
        /// its
        /// parser fails on, such as a method with a NUL.
        @Override
        public TransportResponse handle(
                TransportRequest request, EventType event, Status told, ServerResponseHeaders headers, String message) {
            var status = event == EventType.INTERNAL_ERROR ? Status.BAD_REQUEST_400 : told;
            var detail = status.code() == 400 ? "the request is malformed" : detail(status);
            return TransportResponse.builder()
                    .status(status)
                    .headers(headers)
                    .header(HeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE)
                    .keepAlive(false)
                    .entity(json.bytes(Problem.of(status, detail, null)))
                    .build();
        }
    }
}
