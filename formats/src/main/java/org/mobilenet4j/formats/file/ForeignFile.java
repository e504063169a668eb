package org.mobilenet4j.formats.file;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Kinds of files that people give where a model belongs, and what to do about each. They are recognized by their
/// content, whatever their name is.
public final class ForeignFile {
    private static final String UNPACK = "; unpack it and give the model's file in it";
    private static final String MODEL = ", not a model; give a model's file";

    /// The bytes `hex` at `offset`, and what they say.
    private record Magic(int offset, String hex, String problem) {}

    private static final List<Magic> BINARY = List.of(
            new Magic(0, "ffd8ff", "is a picture" + MODEL),
            new Magic(0, "89504e470d0a1a0a", "is a picture" + MODEL),
            new Magic(0, "47494638", "is a picture" + MODEL),
            new Magic(8, "57454250", "is a picture" + MODEL),
            new Magic(0, "25504446", "is a PDF document" + MODEL),
            new Magic(0, "1f8b08", "is a gzip archive" + UNPACK),
            new Magic(0, "fd377a585a00", "is an xz archive" + UNPACK),
            new Magic(0, "425a68", "is a bzip2 archive" + UNPACK),
            new Magic(0, "28b52ffd", "is a zstd archive" + UNPACK),
            new Magic(0, "377abcaf271c", "is a 7z archive" + UNPACK),
            new Magic(0, "526172211a07", "is a RAR archive" + UNPACK),
            new Magic(257, "7573746172", "is a tar archive" + UNPACK),
            new Magic(0, "934e554d5059", "is a NumPy array" + MODEL),
            new Magic(0, "47475546", "is a GGUF file, of a language model; give a model for images"),
            new Magic(0, "dd857600", "is an ncnn network; give the model it was made from, such as an .onnx file"),
            new Magic(
                    0,
                    "476b3001",
                    "holds the weights of an ncnn network; give the model it was made from, such as an .onnx file"),
            new Magic(0, "1201000000000000", "holds weights of MXNet; export the model to ONNX"),
            new Magic(4, "45543132", "is an ExecuTorch program; give the model it was made from"));

    private ForeignFile() {}

    /// What the file that begins with `start` is, and what to do, as one line; empty if it may be a model.
    public static Optional<String> problem(FileStart start) {
        for (var magic : BINARY) {
            if (start.has(magic.offset(), magic.hex())) {
                return Optional.of(magic.problem());
            }
        }
        if (isCaffeModel(start)) {
            return Optional.of("is a Caffe model; convert it to ONNX, with its .prototxt, and give the .onnx file");
        }
        return start.isText() ? problemOfText(start.text()) : Optional.empty();
    }

    private static Optional<String> problemOfText(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        if (text.isEmpty() || text.startsWith("{")) {
            return Optional.empty(); // nothing, or JSON: readers say more
        }
        if (text.startsWith("version https://git-lfs.")) {
            return Optional.of("is a Git LFS pointer, which stands for the file; get the file itself with git lfs pull,"
                    + " or download it from the web page it lies on");
        }
        if (lower.startsWith("<!doctype html") || lower.startsWith("<html")) {
            return Optional.of("is a web page, not a model; the download went wrong, get the file itself");
        }
        if (lower.startsWith("<?xml")) {
            return Optional.of(
                    lower.contains("<net ")
                            ? "is an OpenVINO network; give the model it was made from"
                            : "is an XML document" + MODEL);
        }
        if (text.startsWith("7767517")) {
            return Optional.of("is an ncnn network; give the model it was made from, such as an .onnx file");
        }
        if (text.startsWith("model_checkpoint_path:")) {
            return Optional.of(
                    "lists TensorFlow's checkpoints; give a SavedModel's folder, or a frozen graph, a .pb file");
        }
        if (text.startsWith("node {")) {
            return Optional.of("is a TensorFlow graph as text; give the frozen graph, a .pb file");
        }
        if (lower.matches("(?s).*\\b(layers?\\s*\\{|input_param\\b|input_dim\\s*:).*")) {
            return Optional.of("is a Caffe network without weights; convert it and its .caffemodel to ONNX");
        }
        return Optional.of("is a text" + MODEL);
    }

    /// A message whose first field is a name, and whose next is one of a network's: `input`, `layers` or `layer`.
    private static boolean isCaffeModel(FileStart start) {
        int length = start.at(1);
        if (start.at(0) != 0x0a || length < 1 || length > 127) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (start.at(2 + i) < ' ' || start.at(2 + i) > '~') {
                return false;
            }
        }
        int next = start.at(2 + length);
        return next == 0x12 || next == 0x1a || (next == 0xa2 && start.at(3 + length) == 0x06);
    }
}
