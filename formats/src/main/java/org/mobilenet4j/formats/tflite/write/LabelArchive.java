package org.mobilenet4j.formats.tflite.write;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.file.LabelFile;

/// The ZIP appended to a TFLite file that holds the model's labels: one text file, uncompressed, because runtimes map
/// it.
final class LabelArchive {
    /// The name of the text file.
    static final String FILE = "labels.txt";

    /// A fixed time, so that a model gives the same bytes each time. (1980 itself would add an extra field.)
    private static final LocalDateTime TIME = LocalDateTime.of(2000, 1, 1, 0, 0);

    /// Positions of the directory's offset in the archive's end record, and of the text's offset in the directory.
    private static final int DIRECTORY_BEFORE_END = 6;

    private static final int ENTRY_IN_DIRECTORY = 42;

    private LabelArchive() {}

    /// The archive; empty if there are no labels.
    ///
    /// @param begin the length of the file before it: TFLite counts from the start of the file, not of the
    ///     archive
    /// @throws IllegalArgumentException if a label is not a line of text
    static byte[] of(List<String> labels, long begin) {
        if (labels.isEmpty()) {
            return new byte[0];
        }
        var text = (String.join("\n", labels) + "\n").getBytes(StandardCharsets.UTF_8);
        check(labels, text);
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(stored(text));
            zip.write(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return movedTo(Math.toIntExact(begin), bytes.toByteArray());
    }

    private static byte[] movedTo(int begin, byte[] zip) {
        var bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        int directory = bytes.getInt(zip.length - DIRECTORY_BEFORE_END);
        bytes.putInt(zip.length - DIRECTORY_BEFORE_END, begin + directory);
        bytes.putInt(directory + ENTRY_IN_DIRECTORY, begin);
        return zip;
    }

    /// Checks the labels: one that takes two lines would give a wrong name to every class after it.
    private static void check(List<String> labels, byte[] text) {
        try {
            if (LabelFile.parse(FILE, text).size() == labels.size()) {
                return;
            }
        } catch (BadFileException e) {
            throw new BadValueException(
                    "the labels cannot be written as a text file, one per line: " + e.getMessage(), e);
        }
        throw new BadValueException("the labels cannot be written as a text file, one per line: the " + labels.size()
                + " labels take another number of lines; give other names with --label-names");
    }

    private static ZipEntry stored(byte[] text) {
        var crc = new CRC32();
        crc.update(text);
        var entry = new ZipEntry(FILE);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(text.length);
        entry.setCompressedSize(text.length);
        entry.setCrc(crc.getValue());
        entry.setTimeLocal(TIME);
        return entry;
    }
}
