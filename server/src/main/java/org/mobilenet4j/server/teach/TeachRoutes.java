package org.mobilenet4j.server.teach;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mobilenet4j.server.http.Routes;
import org.mobilenet4j.server.http.ServerContext;
import org.mobilenet4j.server.model.BadPhotoException;
import org.mobilenet4j.server.teach.TeachingException.Reason;
import tools.jackson.core.JacksonException;

/// Teaching over HTTP: `/v1/teach`.
public final class TeachRoutes implements Routes {
    private static final String SESSION = "/v1/teach/{session}";
    private static final String CLASS = SESSION + "/classes/{label}";

    private final ServerContext context;
    private final TeachingSessions sessions;

    /// @param context what is served
    /// @param sessions those that are open
    public TeachRoutes(ServerContext context, TeachingSessions sessions) {
        this.context = context;
        this.sessions = sessions;
    }

    @Override
    public void register(HttpRouting.Builder routing) {
        routing.post("/v1/teach", this::open)
                .get(SESSION, (request, response) -> send(response, counts(session(request))))
                .delete(SESSION, this::close)
                .post(CLASS, this::add)
                .put(CLASS, this::rename)
                .delete(CLASS, this::removeClass)
                .delete(CLASS + "/photos/{photo}", this::removePhoto)
                .post(SESSION + "/fit", this::fit)
                .post(SESSION + "/classify", this::classify)
                .get(SESSION + "/model", this::model)
                .error(TeachingException.class, (_, response, problem) -> refuse(response, problem));
    }

    private void open(ServerRequest request, ServerResponse response) throws TeachingException {
        var session = sessions.open(context.model(request).model());
        response.status(Status.CREATED_201);
        send(response, Map.of("session", session.id()));
    }

    private void close(ServerRequest request, ServerResponse response) {
        sessions.close(parameter(request, "session"));
        response.status(Status.NO_CONTENT_204).send();
    }

    private void add(ServerRequest request, ServerResponse response) throws TeachingException, BadPhotoException {
        var session = session(request);
        var photos = context.photos().read(request);
        for (var photo : photos) {
            photo.decode(); // throws if it is none
        }
        var numbers = new ArrayList<Integer>();
        for (var photo : photos) {
            numbers.add(session.add(parameter(request, "label"), photo.bytes()));
        }
        send(response, Map.of("photos", numbers, "classes", session.counts()));
    }

    private void rename(ServerRequest request, ServerResponse response) throws TeachingException {
        var session = session(request);
        session.rename(parameter(request, "label"), label(context.bodies().read(request)));
        send(response, counts(session));
    }

    private String label(byte[] body) throws TeachingException {
        try {
            return context.json().mapper().readTree(body).path("label").asString("");
        } catch (JacksonException e) {
            throw new TeachingException(Reason.BAD, "the body must be JSON, such as {\"label\": \"cup\"}");
        }
    }

    private void removeClass(ServerRequest request, ServerResponse response) throws TeachingException {
        var session = session(request);
        session.removeClass(parameter(request, "label"));
        send(response, counts(session));
    }

    private void removePhoto(ServerRequest request, ServerResponse response) throws TeachingException {
        var session = session(request);
        session.remove(parameter(request, "label"), number(parameter(request, "photo")));
        send(response, counts(session));
    }

    private static int number(String text) throws TeachingException {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new TeachingException(Reason.MISSING, "photos have numbers");
        }
    }

    private void fit(ServerRequest request, ServerResponse response) throws TeachingException, IOException {
        var taught = sessions.fit(session(request));
        send(
                response,
                Map.of(
                        "classes", taught.model().labels(),
                        "trainAccuracy", taught.trainAccuracy(),
                        "millis", taught.millis()));
    }

    private void classify(ServerRequest request, ServerResponse response) throws TeachingException, BadPhotoException {
        var session = session(request);
        var photo = context.photos().read(request).getFirst().decode();
        long began = System.nanoTime();
        var predictions = session.classify(photo, Integer.MAX_VALUE);
        double millis = (System.nanoTime() - began) / 1e6;
        send(response, Map.of("results", List.of(Map.of("predictions", predictions, "millis", millis))));
    }

    private void model(ServerRequest request, ServerResponse response) throws TeachingException, IOException {
        var session = session(request);
        var format = request.query().first("format").orElse("safetensors");
        var file = session.export(format);
        response.header(HeaderNames.CONTENT_TYPE, "application/octet-stream")
                .header(HeaderNames.CONTENT_DISPOSITION, "attachment; filename=\"my-classes." + format + '"')
                .send(file);
    }

    private TeachingSession session(ServerRequest request) throws TeachingException {
        return sessions.find(parameter(request, "session"));
    }

    private static String parameter(ServerRequest request, String name) {
        return request.path().pathParameters().get(name);
    }

    private static Map<String, Object> counts(TeachingSession session) {
        return Map.of("classes", session.counts());
    }

    private void send(ServerResponse response, Object answer) {
        response.header(HeaderNames.CONTENT_TYPE, "application/json")
                .send(context.json().bytes(answer));
    }

    private void refuse(ServerResponse response, TeachingException problem) {
        var status = status(problem.reason());
        if (problem.reason() == Reason.BUSY) {
            response.header(HeaderNames.RETRY_AFTER, "5");
        }
        response.status(status)
                .header(HeaderNames.CONTENT_TYPE, "application/problem+json")
                .send(context.json()
                        .bytes(Map.of(
                                "type", "about:blank",
                                "title", status.reasonPhrase(),
                                "status", status.code(),
                                "detail", String.valueOf(problem.getMessage()))));
    }

    private static Status status(Reason reason) {
        return switch (reason) {
            case MISSING -> Status.NOT_FOUND_404;
            case FULL -> Status.REQUEST_ENTITY_TOO_LARGE_413;
            case BUSY -> Status.TOO_MANY_REQUESTS_429;
            case NOT_YET -> Status.CONFLICT_409;
            case BAD -> Status.create(422, "Unprocessable Content");
        };
    }
}
