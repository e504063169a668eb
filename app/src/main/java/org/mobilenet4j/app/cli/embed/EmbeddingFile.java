package org.mobilenet4j.app.cli.embed;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;
import org.mobilenet4j.app.cli.text.JsonText;
import org.mobilenet4j.app.output.TextFile;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.file.AtomicFile;

/// Embeddings as a file, in the format that its name ends in.
enum EmbeddingFile {
    /// A row for each photo: its file, then its values.
    CSV(".csv") {
        @Override
        void write(List<EmbeddedImage> images, Path file) throws IOException {
            var rows = new StringBuilder();
            try (var csv =
                    CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get().print(rows)) {
                for (var image : images) {
                    var row = new ArrayList<Object>();
                    row.add(image.file());
                    row.addAll(image.values());
                    csv.printRecord(row);
                }
            }
            TextFile.write(file, rows.toString());
        }
    },
    /// The document that `--format json` prints.
    JSON(".json") {
        @Override
        void write(List<EmbeddedImage> images, Path file) throws IOException {
            TextFile.write(file, JsonText.of(images));
        }
    },
    /// NumPy's format 1.0: float32, a row for each photo.
    NPY(".npy") {
        @Override
        void write(List<EmbeddedImage> images, Path file) throws IOException {
            int size = images.getFirst().values().size();
            var header = String.format(
                    Locale.ROOT, "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }", images.size(), size);
            // The values begin at a multiple of 64 bytes, and the header ends in a line break.
            int length = Math.ceilDiv(NPY_MAGIC.length + 2 + header.length() + 1, 64) * 64;
            var text = header + " ".repeat(length - NPY_MAGIC.length - 2 - header.length() - 1) + "\n";
            var bytes = ByteBuffer.allocate(
                            Math.addExact(length, Math.multiplyExact(Float.BYTES * size, images.size())))
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .put(NPY_MAGIC)
                    .putShort((short) text.length())
                    .put(text.getBytes(StandardCharsets.US_ASCII));
            images.forEach(image -> image.values().forEach(bytes::putFloat));
            bytes.flip();
            AtomicFile.write(file, channel -> {
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            });
        }
    };

    private static final byte[] NPY_MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};

    private final String ending;

    EmbeddingFile(String ending) {
        this.ending = ending;
    }

    /// The format of `file`, by its name.
    static EmbeddingFile of(Path file) {
        var name = file.toString().toLowerCase(Locale.ROOT);
        for (var format : values()) {
            if (name.endsWith(format.ending)) {
                return format;
            }
        }
        throw new BadValueException(file + ": embeddings are written as .csv, .json or .npy; use such a name");
    }

    abstract void write(List<EmbeddedImage> images, Path file) throws IOException;
}
