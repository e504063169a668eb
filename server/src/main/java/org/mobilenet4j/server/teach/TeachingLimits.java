package org.mobilenet4j.server.teach;

import java.time.Duration;
import java.util.Objects;

/// What teaching may take of a server, so that nobody can fill it.
///
/// @param sessions at the same time
/// @param classes of a session
/// @param photos of a session
/// @param bytes of all photos of a session, as files
/// @param idle after this long without a request a session is forgotten
public record TeachingLimits(int sessions, int classes, int photos, long bytes, Duration idle) {
    /// Eight sessions of 20 classes, 500 photos and 32 MiB; forgotten after a quarter of an hour.
    public static final TeachingLimits DEFAULT = new TeachingLimits(8, 20, 500, 32L << 20, Duration.ofMinutes(15));

    public TeachingLimits {
        Objects.requireNonNull(idle, "idle");
        if (sessions < 1 || classes < 2 || photos < 2 || bytes < 1 || idle.isNegative() || idle.isZero()) {
            throw new IllegalArgumentException("teaching needs at least one session, two classes and two photos");
        }
    }
}
