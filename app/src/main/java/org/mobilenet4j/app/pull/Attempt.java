package org.mobilenet4j.app.pull;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/// One request for the rest of a partial file, and its response.
///
/// @param part grows by the received bytes, even if the attempt fails
record Attempt(HttpClient client, Patience patience, DownloadListener listener, URI address, PartialFile part) {
    /// Twice the largest archive.
    static final long MOST_BYTES = 256L << 20;

    private static final int BUFFER_BYTES = 1 << 14;

    /// In twice the time of silence that is allowed, the bytes of each second that must come on average.
    private static final double LEAST_BYTES_PER_SECOND = 512;

    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d{1,18})-.*");

    /// Makes the request. Returns whether the response was appended to earlier ones.
    ///
    /// @throws BrokenOffException if another attempt may succeed
    /// @throws IOException if none will
    boolean run() throws IOException {
        var response = ask();
        try (var body = new TimedReader(response.body(), patience)) {
            boolean goesOn = goesOn(response);
            long have = goesOn ? part.length() : 0;
            long length = response.headers().firstValueAsLong("content-length").orElse(-1);
            try (var file = goesOn ? part.goOn() : part.begin(response.headers())) {
                receive(body, file, have, length < 0 ? -1 : have + length);
            }
            return goesOn;
        }
    }

    private HttpResponse<InputStream> ask() throws IOException {
        var request = HttpRequest.newBuilder(address);
        long have = part.length();
        if (have > 0) {
            request.header("Range", "bytes=" + have + "-");
            request.header("If-Range", part.validator().orElseThrow());
        }
        try {
            // Not with the request's own timeout, which since JDK 26 covers the whole body.
            return patience.await(client.sendAsync(request.build(), BodyHandlers.ofInputStream()));
        } catch (ConnectException | HttpConnectTimeoutException e) {
            throw new BrokenOffException("cannot be reached", true, e);
        } catch (SSLException e) {
            throw new IOException(address + ": there is no secure connection to it: " + e.getMessage(), e);
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            throw new BrokenOffException(problem(e, "the connection broke"), false, e);
        }
    }

    /// Whether the response continues where `part` ends, rather than starting over.
    private boolean goesOn(HttpResponse<?> response) throws IOException {
        int status = response.statusCode();
        return switch (status) {
            case 200 -> false;
            case 206 -> {
                var range = CONTENT_RANGE.matcher(
                        response.headers().firstValue("content-range").orElse(""));
                if (!range.matches() || Long.parseLong(range.group(1)) != part.length()) {
                    part.delete();
                    throw new BrokenOffException("the server sent another range than requested");
                }
                yield true;
            }
            case 416 -> {
                part.delete();
                throw new BrokenOffException("the server's file is shorter than what was already downloaded");
            }
            case 404, 410 -> throw new MissingFileException(address + ": there is no such file (HTTP " + status + ")");
            case 407 ->
                throw new IOException(
                        address + ": the proxy asks for a password (HTTP 407), which this command cannot give; take the"
                                + " file from a --mirror");
            case 408, 429, 500, 502, 503, 504 -> throw new BrokenOffException("the server answers HTTP " + status);
            default -> throw new IOException(address + ": the server answers HTTP " + status + "; check the address");
        };
    }

    private void receive(TimedReader body, OutputStream file, long have, long total) throws IOException {
        var buffer = new byte[BUFFER_BYTES];
        long bytes = have;
        requireSane(total);
        listener.received(address, bytes, total);
        long window = 2 * patience.silence().toNanos();
        long since = System.nanoTime();
        long before = bytes;
        for (int read = read(body, buffer); read >= 0; read = read(body, buffer)) {
            bytes += read;
            long nanos = System.nanoTime() - since;
            if (nanos > window) {
                if (bytes - before < LEAST_BYTES_PER_SECOND * nanos / 1e9) {
                    throw new BrokenOffException(
                            "only " + (bytes - before) + " bytes came in " + nanos / 1_000_000_000 + " s");
                }
                since += nanos;
                before = bytes;
            }
            requireSane(bytes);
            file.write(buffer, 0, read);
            listener.received(address, bytes, total);
        }
    }

    private void requireSane(long bytes) throws IOException {
        if (bytes > MOST_BYTES) {
            part.delete();
            throw new IOException(address + ": it is larger than any published model; check the address");
        }
    }

    private static int read(TimedReader body, byte[] buffer) throws IOException {
        try {
            return body.read(buffer);
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            throw new BrokenOffException(problem(e, "the response was cut short"), false, e);
        }
    }

    private static String problem(IOException failure, String otherwise) {
        return failure instanceof Patience.SilenceException silence ? silence.problem() : otherwise;
    }
}
