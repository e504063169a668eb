package org.mobilenet4j.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Objects;
import java.util.Optional;

/// Validation photos that are also among those learned, with the same bytes: accuracy on them says little.
///
/// @param count their number
/// @param first the name of the first, empty if there is none
/// @param learned the name of the same photo among those learned
public record Repeated(int count, String first, String learned) {
    public Repeated {
        Objects.requireNonNull(first, "first");
        Objects.requireNonNull(learned, "learned");
    }

    /// Bytes that are read of each data set at most; what lies behind is not compared.
    private static final long MOST_BYTES = 1L << 30;

    /// Compares files by their SHA-256; what cannot be read is left out.
    ///
    /// @throws IOException when a data set's own files cannot be read
    public static Repeated of(DataSet learned, DataSet validation) throws IOException {
        Objects.requireNonNull(learned, "learned");
        Objects.requireNonNull(validation, "validation");
        var measured = new HashMap<ByteBuffer, Repeated>();
        visit(validation, (hash, name) -> measured.merge(hash, new Repeated(1, name, ""), Repeated::with));
        var found = new ArrayList<Repeated>();
        visit(learned, (hash, name) -> {
            var same = measured.remove(hash);
            if (same != null) {
                found.add(new Repeated(same.count, same.first, name));
            }
        });
        return found.stream().reduce(Repeated::with).orElse(new Repeated(0, "", ""));
    }

    private Repeated with(Repeated other) {
        return new Repeated(count + other.count, first, learned);
    }

    private interface Visitor {
        void see(ByteBuffer hash, String name);
    }

    private static void visit(DataSet data, Visitor visitor) throws IOException {
        long left = MOST_BYTES;
        try (var reader = data.inOrder()) {
            for (var sample = reader.next(); sample.isPresent() && left > 0; sample = reader.next()) {
                var bytes = content(sample.get().photo());
                left -= bytes.map(it -> it.length).orElse(0);
                if (bytes.isPresent()) {
                    visitor.see(hash(bytes.get()), sample.get().name());
                }
            }
        }
    }

    private static Optional<byte[]> content(Photo photo) {
        try {
            return Optional.of(photo.content()).filter(bytes -> bytes.length > 0);
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static ByteBuffer hash(byte[] bytes) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
