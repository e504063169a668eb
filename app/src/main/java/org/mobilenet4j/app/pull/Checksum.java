package org.mobilenet4j.app.pull;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256 of files.
final class Checksum {
    private Checksum() {}

    /// As lower-case hexadecimal digits.
    static String of(Path file) throws IOException {
        try (var sink = new DigestOutputStream(OutputStream.nullOutputStream(), sha256())) {
            Files.copy(file, sink);
            return HexFormat.of().formatHex(sink.getMessageDigest().digest());
        }
    }

    /// Whether there is a file of that content.
    static boolean matches(Path file, String sha256) throws IOException {
        return Files.isRegularFile(file) && of(file).equals(sha256);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }
}
