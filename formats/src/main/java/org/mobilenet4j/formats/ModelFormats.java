package org.mobilenet4j.formats;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.ModelFile;
import org.mobilenet4j.tensor.ElementType;

/// Models in any format that is read or written.
public final class ModelFormats {
    private static final String TFLITE = ".tflite";
    private static final String ONNX = ".onnx";
    private static final String SAFETENSORS = ".safetensors";

    private ModelFormats() {}

    /// The model in `file`: TFLite where the file begins as such or is called so, ONNX where it is called so, this
    /// library's own otherwise.
    ///
    /// @throws IOException when the file cannot be read; the message is one line that says why and what to do
    public static Model read(Path file) throws IOException {
        if (hasEnding(file, ONNX)) {
            return OnnxReader.read(file);
        }
        return hasEnding(file, TFLITE) || beginsAsTflite(file) ? TfliteReader.read(file) : ModelFile.read(file);
    }

    /// Writes `model` in the format that the ending of `file` asks for.
    ///
    /// @param type how values are stored; of ONNX, kernels alone
    /// @throws IllegalArgumentException when the format is not written, listing those that are, or cannot hold the model
    /// @throws IOException when the file cannot be written
    public static void write(Model model, Path file, ElementType type) throws IOException {
        if (hasEnding(file, ONNX)) {
            OnnxWriter.write(model, file, type);
        } else if (hasEnding(file, SAFETENSORS)) {
            ModelFile.write(model, file, type);
        } else if (hasEnding(file, TFLITE)) {
            TfliteWriter.write(model, file, type);
        } else {
            throw new IllegalArgumentException(file + ": this format is not written; give a name that ends in "
                    + SAFETENSORS + ", " + TFLITE + " or " + ONNX);
        }
    }

    private static boolean hasEnding(Path file, String ending) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(ending);
    }

    private static boolean beginsAsTflite(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (var in = Files.newInputStream(file)) {
            return TfliteFile.hasMagic(MemorySegment.ofArray(in.readNBytes(8)));
        }
    }
}
