package org.mobilenet4j.compress.distill;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.mobilenet4j.data.DataSet;
import org.mobilenet4j.model.Model;

/// SHA-256 fingerprints of models and data.
final class Fingerprint {
    private static final long PIECE_BYTES = 1 << 16;

    private final MessageDigest digest;

    private Fingerprint() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// The fingerprint of everything that determines the outputs of `model`.
    static String of(Model model) {
        var print = new Fingerprint();
        print.add(model.network().input().toString());
        print.add(model.network().body().toString());
        print.add(model.preprocessing().toString());
        model.labels().forEach(print::add);
        model.weights().only(model.network()).tensors().forEach((name, tensor) -> {
            print.add(name + tensor);
            tensor.quantization().ifPresent(scales -> print.add(scales.toString()));
            print.add(tensor.bytes());
        });
        return print.hex();
    }

    /// The fingerprint of the photos' names and classes, in order, but not of their pixels. Of a name, only the
    /// part after the last slash counts, so that data can be moved.
    ///
    /// @throws IOException when the data cannot be read
    static String of(DataSet data) throws IOException {
        var print = new Fingerprint();
        data.labels().forEach(print::add);
        try (var reader = data.inOrder()) {
            for (var next = reader.next(); next.isPresent(); next = reader.next()) {
                var name = next.get().name();
                int slash = Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\'));
                print.add(name.substring(slash + 1) + " " + next.get().label());
            }
        }
        return print.hex();
    }

    private void add(String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    /// In pieces, because a float array on the heap has no byte buffer view.
    private void add(MemorySegment bytes) {
        var piece = new byte[(int) Math.min(PIECE_BYTES, bytes.byteSize())];
        for (long at = 0; at < bytes.byteSize(); at += piece.length) {
            int length = (int) Math.min(piece.length, bytes.byteSize() - at);
            MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, at, piece, 0, length);
            digest.update(piece, 0, length);
        }
    }

    private String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
