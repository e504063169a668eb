package org.mobilenet4j.app.pull;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/// Archives such as TF-Slim's, made up.
final class Published {
    static final String NAME = "mobilenet_v1_0.25_32";

    private Published() {}

    /// What begins as a TFLite file; the rest is noise.
    static byte[] tflite(int length) {
        var bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        System.arraycopy("TFL3".getBytes(StandardCharsets.US_ASCII), 0, bytes, 4, 4);
        return bytes;
    }

    /// A `.tgz` of a checkpoint's file and the model.
    static byte[] archive(byte[] model) throws IOException {
        return new Tgz()
                .add("./", new byte[0])
                .add("./" + NAME + ".ckpt.meta", tflite(1000))
                .add("./" + NAME + ".tflite", model)
                .bytes();
    }

    static PublishedFile file(URI address, byte[] content) {
        return new PublishedFile(address, sha256(content));
    }

    static CatalogModel model(PublishedFile archive) {
        return new CatalogModel(NAME, 0.25, 32, "float32", 0.5, 0.75, archive);
    }

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A `.tgz` in the making.
    static final class Tgz {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final TarArchiveOutputStream tar;

        Tgz() throws IOException {
            tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes));
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        }

        Tgz add(String name, byte[] content) throws IOException {
            var entry = new TarArchiveEntry(name, true);
            entry.setSize(content.length);
            return add(entry, content);
        }

        Tgz add(TarArchiveEntry entry, byte[] content) throws IOException {
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
            return this;
        }

        byte[] bytes() throws IOException {
            tar.close();
            return bytes.toByteArray();
        }
    }
}
