package org.mobilenet4j.server.page;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.NotFoundException;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Arrays;
import java.util.Map;
import org.mobilenet4j.server.http.Routes;

/// Hands out the page: `/` and `/page/...`. What a browser has it keeps as long as the server says that it is the
/// same, and it may run, draw and ask nothing that does not come from this server.
public final class PageRoutes implements Routes {
    private static final Map<HeaderName, String> HEADERS = Map.of(
            HeaderNames.create("Content-Security-Policy"),
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:;"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            HeaderNames.create("X-Content-Type-Options"),
            "nosniff",
            HeaderNames.create("Referrer-Policy"),
            "no-referrer",
            HeaderNames.create("Cross-Origin-Opener-Policy"),
            "same-origin",
            HeaderNames.create("Permissions-Policy"),
            "camera=(self), microphone=(), geolocation=()",
            HeaderNames.CACHE_CONTROL,
            "no-cache",
            HeaderNames.VARY,
            "Accept-Encoding");

    private static final String FOLDER = "/page/";

    private final PageFile.Shelf files = new PageFile.Shelf();

    @Override
    public void register(HttpRouting.Builder routing) {
        routing.route(Method.GET, "/", (request, response) -> send("index.html", request, response))
                .route(Method.GET, FOLDER + "*", this::file)
                .route(Method.GET, FOLDER + "*/*", this::file);
    }

    private void file(ServerRequest request, ServerResponse response) {
        send(request.path().path().substring(FOLDER.length()), request, response);
    }

    private void send(String name, ServerRequest request, ServerResponse response) {
        var file = files.find(name).orElseThrow(() -> new NotFoundException("the page has no such file"));
        HEADERS.forEach(response::header);
        response.header(HeaderNames.ETAG, file.tag());
        if (request.headers()
                .first(HeaderNames.IF_NONE_MATCH)
                .filter(file.tag()::equals)
                .isPresent()) {
            response.status(Status.NOT_MODIFIED_304).send();
            return;
        }
        boolean asGzip = file.shrinks()
                && request.headers()
                        .first(HeaderNames.ACCEPT_ENCODING)
                        .filter(PageRoutes::takesGzip)
                        .isPresent();
        if (asGzip) {
            response.header(HeaderNames.CONTENT_ENCODING, "gzip");
        }
        response.header(HeaderNames.CONTENT_TYPE, file.type()).send(file.bytes(asGzip));
    }

    private static boolean takesGzip(String encodings) {
        return Arrays.stream(encodings.split(",", -1)).map(String::strip).anyMatch("gzip"::equals);
    }
}
