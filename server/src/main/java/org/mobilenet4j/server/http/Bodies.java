package org.mobilenet4j.server.http;

import io.helidon.common.context.Context;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.mobilenet4j.server.settings.Limits;

/// Reads the bodies of requests, each within a size and a time, and all of them together within a size: what clients
/// send takes no more of the heap than that.
public final class Bodies {
    private static final int CHUNK = 1 << 16;

    private final Limits limits;
    private final AtomicLong taken = new AtomicLong();

    Bodies(Limits limits) {
        this.limits = limits;
    }

    /// Bytes of the bodies of all requests that are being answered.
    public long taken() {
        return taken.get();
    }

    /// The body of `request`, once.
    ///
    /// @throws ProblemException if it is too large, comes too slowly, is cut short, or there is no
    /// room for it
    public byte[] read(ServerRequest request) {
        if (!request.content().hasEntity()) {
            return new byte[0];
        }
        long length = request.headers().contentLength().orElse(-1);
        if (length > limits.bodyBytes()) {
            throw tooLarge();
        }
        var share = request.context().get(Share.class).orElseThrow();
        if (length > 0) {
            take(share, length);
        }
        try (var in = request.content().inputStream()) {
            return read(in, length, share);
        } catch (SocketTimeoutException _) {
            throw tooSlow();
        } catch (IOException | UncheckedIOException problem) {
            if (problem.getCause() instanceof SocketTimeoutException) {
                throw tooSlow();
            }
            throw new ProblemException(Status.BAD_REQUEST_400, "the body is cut short; send all of it");
        }
    }

    private byte[] read(InputStream in, long length, Share share) throws IOException {
        long end = System.nanoTime() + limits.body().toNanos();
        return length < 0 ? readAll(in, share, end) : readSome(in, new byte[(int) length], end);
    }

    /// A body of a length that is known, without a copy.
    private byte[] readSome(InputStream in, byte[] body, long end) throws IOException {
        int size = 0;
        while (size < body.length) {
            int count = in.read(body, size, body.length - size);
            requireTime(end);
            if (count < 0) {
                throw new ProblemException(Status.BAD_REQUEST_400, "the body is cut short; send all of it");
            }
            size += count;
        }
        return body;
    }

    private byte[] readAll(InputStream in, Share share, long end) throws IOException {
        var body = new ByteArrayOutputStream(CHUNK);
        var chunk = new byte[CHUNK];
        for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
            if (body.size() + (long) count > limits.bodyBytes()) {
                throw tooLarge();
            }
            take(share, count);
            requireTime(end);
            body.write(chunk, 0, count);
        }
        return body.toByteArray();
    }

    private void requireTime(long end) {
        if (System.nanoTime() - end > 0) {
            throw tooSlow();
        }
    }

    private void take(Share share, long bytes) {
        if (taken.addAndGet(bytes) > limits.allBodiesBytes()) {
            taken.addAndGet(-bytes);
            throw new ProblemException(
                    Status.TOO_MANY_REQUESTS_429, "the server has no room for another body; try again in 1 s", 1);
        }
        share.bytes += bytes;
    }

    private ProblemException tooLarge() {
        return new ProblemException(
                Status.REQUEST_ENTITY_TOO_LARGE_413,
                "the body is longer than " + limits.bodyBytes() + " bytes; scale the photo down, or send fewer");
    }

    private ProblemException tooSlow() {
        return new ProblemException(
                Status.REQUEST_TIMEOUT_408,
                "the body did not arrive within " + limits.body().toSeconds() + " s; try a faster connection");
    }

    /// A request begins: what its body takes is kept with it.
    void open(Context request) {
        request.register(new Share());
    }

    /// A request has been answered.
    void close(Context request) {
        request.get(Share.class).ifPresent(share -> taken.addAndGet(-share.bytes));
    }

    /// Of one request's thread.
    private static final class Share {
        private long bytes;
    }
}
