package org.mobilenet4j.model.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.mobilenet4j.error.BadFileException;

/// A text file of labels: one per line, in the order of the network's outputs, UTF-8.
///
/// A byte order mark, Windows line endings and empty lines at the end are tolerated. An empty line between others is an
/// error: every label after it would name the wrong class.
public final class LabelFile {
    /// The largest file that is accepted; the 21,841 labels of full ImageNet take less than 1 MiB.
    public static final int MAX_BYTES = 1 << 24;

    /// The first label of lists for TensorFlow's networks, which have a class more than Keras's and PyTorch's.
    private static final String BACKGROUND = "background";

    private LabelFile() {}

    /// `labels`, without the first where that is the background and the rest are as many as `classes`.
    public static List<String> fitting(List<String> labels, int classes) {
        boolean isBackground = labels.size() == classes + 1 && labels.getFirst().equals(BACKGROUND);
        return isBackground ? labels.subList(1, labels.size()) : labels;
    }

    /// The labels in `file`.
    ///
    /// @throws BadFileException when it is too large, empty, not UTF-8 or has a line that is not a label
    /// @throws IOException when it cannot be read
    public static List<String> read(Path file) throws IOException {
        Objects.requireNonNull(file, "file");
        try (var in = Files.newInputStream(file)) {
            // One byte over the limit is enough to know, however long the file claims to be or goes on.
            return parse(file.toString(), in.readNBytes(MAX_BYTES + 1));
        }
    }

    /// The labels in `bytes`.
    ///
    /// @param file the file's name in messages
    /// @throws BadFileException when there are too many bytes or no labels, they are not UTF-8 or a line is not a
    /// label
    public static List<String> parse(String file, byte[] bytes) throws BadFileException {
        if (bytes.length > MAX_BYTES) {
            throw new BadFileException(
                    file, "has more than " + MAX_BYTES + " bytes; give a text file with one label per line");
        }
        var labels =
                decode(file, bytes).stripTrailing().lines().map(String::strip).toList();
        if (labels.isEmpty()) {
            throw new BadFileException(file, "has no labels; give a text file with one label per line");
        }
        for (int line = 0; line < labels.size(); line++) {
            if (labels.get(line).isEmpty()) {
                throw new BadFileException(
                        file, "line " + (line + 1) + " is empty; give each class a label on a line of its own");
            }
            if (labels.get(line).chars().anyMatch(c -> c != '\t' && Character.isISOControl(c))) {
                throw new BadFileException(
                        file,
                        "line " + (line + 1) + " has control characters; give a text file with one label per line");
            }
        }
        return labels;
    }

    private static String decode(String file, byte[] bytes) throws BadFileException {
        try {
            // A fresh decoder reports what is malformed, where the String constructor would replace it.
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            var problem = new BadFileException(file, "is not UTF-8 text; save it as UTF-8 with one label per line");
            problem.initCause(e);
            throw problem;
        }
    }
}
