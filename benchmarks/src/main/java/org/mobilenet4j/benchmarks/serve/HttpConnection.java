package org.mobilenet4j.benchmarks.serve;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// One connection that is kept. It does as little as can be: the client has the same cores as the services that it
/// measures.
final class HttpConnection implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 60_000;

    /// What a service said.
    ///
    /// @param status such as 200
    /// @param isLast whether the service closes the connection
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Answer(int status, byte[] body, boolean isLast) {}

    private final Socket socket;
    private final InputStream in;

    HttpConnection(String host, int port) throws IOException {
        socket = new Socket(host, port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /// A whole request, ready to be sent.
    static byte[] post(String host, int port, String path, byte[] photo) {
        var head = "POST " + path + " HTTP/1.1\r\nHost: " + host + ":" + port
                + "\r\nContent-Type: image/jpeg\r\nAccept: application/json\r\nContent-Length: " + photo.length
                + "\r\n\r\n";
        var first = head.getBytes(StandardCharsets.US_ASCII);
        var request = new byte[first.length + photo.length];
        System.arraycopy(first, 0, request, 0, first.length);
        System.arraycopy(photo, 0, request, first.length, photo.length);
        return request;
    }

    /// Sends a request and reads its answer.
    Answer send(byte[] request) throws IOException {
        socket.getOutputStream().write(request);
        int status = status(line());
        int length = 0;
        boolean isChunked = false;
        boolean isLast = false;
        for (var header = header(); !header.isEmpty(); header = header()) {
            if (header.startsWith("content-length:")) {
                length = Integer.parseInt(
                        header.substring("content-length:".length()).strip());
            } else if (header.startsWith("transfer-encoding:")) {
                isChunked = header.endsWith("chunked");
            } else if (header.startsWith("connection:")) {
                isLast = header.endsWith("close");
            }
        }
        return new Answer(status, isChunked ? chunks() : exactly(length), isLast);
    }

    private static int status(String line) throws IOException {
        var words = line.split(" ", 3);
        if (words.length < 2 || !words[0].startsWith("HTTP/1.")) {
            throw new IOException("not an answer: " + line);
        }
        return Integer.parseInt(words[1]);
    }

    private byte[] chunks() throws IOException {
        var text = new ByteArrayOutputStream();
        for (int size = size(line()); size > 0; size = size(line())) {
            text.write(exactly(size));
            line();
        }
        line();
        return text.toByteArray();
    }

    private static int size(String chunk) {
        return Integer.parseInt(chunk.split(";", 2)[0].strip(), 16);
    }

    private byte[] exactly(int length) throws IOException {
        var bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("an answer ends early");
        }
        return bytes;
    }

    private String header() throws IOException {
        return line().toLowerCase(Locale.ROOT);
    }

    private String line() throws IOException {
        var text = new StringBuilder();
        for (int c; (c = in.read()) != '\n'; ) {
            if (c < 0) {
                throw new EOFException("an answer ends early");
            }
            if (c != '\r') {
                text.append((char) c);
            }
        }
        return text.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
