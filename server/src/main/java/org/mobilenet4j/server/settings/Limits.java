package org.mobilenet4j.server.settings;

import java.time.Duration;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.image.DecodeLimits;

/// What clients may ask of the server at most.
///
/// @param bodyBytes of a request's body; more is refused with 413
/// @param allBodiesBytes of the bodies of all requests that are being answered; more is refused with
/// 429
/// @param photos of one request
/// @param pixels of a photo; more is refused with 422
/// @param queue photos that wait to be run; more are refused with 429
/// @param waitMillis how long a photo may wait, as far as can be told; more are refused with 429
/// @param batchMillis how long a batch of several photos may take
/// @param connections at the same time; more are closed at once
/// @param idle how long a connection may say nothing
/// @param body how long a body may take to arrive; more is refused with 408
/// @param grace how long requests that have begun may take once the server stops
public record Limits(
        long bodyBytes,
        long allBodiesBytes,
        int photos,
        long pixels,
        int queue,
        int waitMillis,
        int batchMillis,
        int connections,
        Duration idle,
        Duration body,
        Duration grace) {
    /// 16 MiB and a quarter of the heap, 64 photos of 50 million pixels, 128 of them waiting for up to a second,
    /// batches
    /// of 50 ms, 1,000
    /// connections, 30 s each.
    public static final Limits DEFAULT = new Limits(
            16L << 20,
            Math.max(64L << 20, Runtime.getRuntime().maxMemory() / 4),
            64,
            50_000_000,
            128,
            1000,
            50,
            1000,
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30));

    public Limits {
        if (bodyBytes < 1
                || bodyBytes > 1 << 30
                || photos < 1
                || queue < 1
                || waitMillis < 1
                || batchMillis < 1
                || connections < 1) {
            throw new BadValueException("limits must be positive, and that of a body at most 1 GiB");
        }
        if (idle.isNegative() || idle.isZero() || body.isNegative() || body.isZero() || grace.isNegative()) {
            throw new BadValueException("times must be positive");
        }
        decode(pixels);
    }

    /// Those of decoding a photo.
    public DecodeLimits decoding() {
        return decode(pixels);
    }

    private static DecodeLimits decode(long pixels) {
        return new DecodeLimits(DecodeLimits.DEFAULT.maxFileBytes(), pixels, DecodeLimits.DEFAULT.maxDecodedBytes());
    }

    /// With another bound of the queue.
    public Limits withQueue(int most) {
        return new Limits(
                bodyBytes,
                allBodiesBytes,
                photos,
                pixels,
                most,
                waitMillis,
                batchMillis,
                connections,
                idle,
                body,
                grace);
    }

    /// With another limit on a body, in bytes.
    public Limits withBodyBytes(long most) {
        return new Limits(
                most, allBodiesBytes, photos, pixels, queue, waitMillis, batchMillis, connections, idle, body, grace);
    }

    /// With another limit on a photo's pixels.
    public Limits withPixels(long most) {
        return new Limits(
                bodyBytes,
                allBodiesBytes,
                photos,
                most,
                queue,
                waitMillis,
                batchMillis,
                connections,
                idle,
                body,
                grace);
    }

    /// With another number of connections.
    public Limits withConnections(int most) {
        return new Limits(
                bodyBytes, allBodiesBytes, photos, pixels, queue, waitMillis, batchMillis, most, idle, body, grace);
    }

    /// With other times: of silence, of a body, and of stopping.
    public Limits withTimes(Duration newIdle, Duration newBody, Duration newGrace) {
        return new Limits(
                bodyBytes,
                allBodiesBytes,
                photos,
                pixels,
                queue,
                waitMillis,
                batchMillis,
                connections,
                newIdle,
                newBody,
                newGrace);
    }
}
