package org.mobilenet4j.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;
import org.mobilenet4j.error.BadValueException;

/// A secret that clients send as `Authorization: Bearer SECRET`. Health and metrics are told without, and the
/// page's files, which ask for the token themselves.
public final class BearerToken {
    private static final int SHORTEST = 16;
    private static final String SCHEME = "Bearer ";
    private static final Set<String> OPEN =
            Set.of("/health/live", "/health/ready", "/v2/health/live", "/v2/health/ready", "/ping", "/metrics");

    private final byte[] secret;

    /// @param secret of at least 16 characters that can be seen
    public BearerToken(String secret) {
        if (secret.length() < SHORTEST || !secret.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new BadValueException(
                    "a token has at least " + SHORTEST + " characters, all of them visible ASCII; make a longer one");
        }
        this.secret = secret.getBytes(StandardCharsets.US_ASCII);
    }

    /// Takes as long for a token that is nearly right as for any other.
    void check(ServerRequest request) {
        var given = request.headers().first(HeaderNames.AUTHORIZATION).orElse("");
        boolean isRight = given.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && MessageDigest.isEqual(
                        secret, given.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8));
        if (!isRight && !isOpen(request.path().path())) {
            throw new ProblemException(
                    Status.UNAUTHORIZED_401, "this server asks for a token; send it as Authorization: Bearer TOKEN");
        }
    }

    private static boolean isOpen(String path) {
        return OPEN.contains(path) || path.equals("/") || path.startsWith("/page/");
    }
}
