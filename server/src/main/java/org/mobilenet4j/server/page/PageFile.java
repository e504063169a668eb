package org.mobilenet4j.server.page;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/// A file of the page, as it is sent.
final class PageFile {
    /// Names that can be files of the page; nothing else reaches the class path.
    private static final Pattern NAME = Pattern.compile("(?:[a-z]{1,20}/)?[a-z-]{1,30}\\.(html|js|css|svg|jpg)");

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "jpg", "image/jpeg");

    private static final int TAG_DIGITS = 16;

    private final String type;
    private final String tag;
    private final byte[] content;
    private final byte[] zipped;

    private PageFile(String ending, byte[] content) {
        this.type = TYPES.getOrDefault(ending, "application/octet-stream");
        this.tag = '"' + digest(content) + '"';
        this.content = content;
        this.zipped = ending.equals("jpg") ? content : gzip(content);
    }

    /// The files that were asked for so far.
    static final class Shelf {
        private final Map<String, PageFile> files = new ConcurrentHashMap<>();

        /// The file called `name`, such as `see/see.js`.
        Optional<PageFile> find(String name) {
            var known = files.get(name);
            if (known != null) {
                return Optional.of(known);
            }
            var read = read(name);
            read.ifPresent(file -> files.putIfAbsent(name, file));
            return read;
        }
    }

    private static Optional<PageFile> read(String name) {
        var match = NAME.matcher(name);
        if (!match.matches()) {
            return Optional.empty();
        }
        try (var stream = PageFile.class.getResourceAsStream(name)) {
            return stream == null ? Optional.empty() : Optional.of(new PageFile(match.group(1), stream.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Its `Content-Type`.
    String type() {
        return type;
    }

    /// Its `ETag`, with quotes; another file has another.
    String tag() {
        return tag;
    }

    /// Whether it is smaller with gzip.
    boolean shrinks() {
        return zipped.length < content.length;
    }

    /// The bytes, for the caller to send and not to change.
    byte[] bytes(boolean asGzip) {
        return asGzip ? zipped : content;
    }

    private static byte[] gzip(byte[] content) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static String digest(byte[] content) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(digest).substring(0, TAG_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
