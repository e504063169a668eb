package org.mobilenet4j.server.http;

import io.helidon.http.Status;
import org.jspecify.annotations.Nullable;

/// Problem details as RFC 9457 has them.
///
/// @param type of the problem; `about:blank`, as the status says all
/// @param title the status in words
/// @param status of the answer
/// @param detail what is wrong and what to do, in one line
/// @param instance the request's path; null if it could not be read
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        @Nullable String instance) {
    /// The media type.
    public static final String MEDIA_TYPE = "application/problem+json";

    /// A problem that its status tells.
    static Problem of(Status status, String detail, @Nullable String instance) {
        return new Problem("about:blank", status.reasonPhrase(), status.code(), detail, instance);
    }
}
