package org.mobilenet4j.formats;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.formats.file.FileStart;
import org.mobilenet4j.formats.file.ForeignFile;
import org.mobilenet4j.formats.hdf5.Hdf5File;
import org.mobilenet4j.formats.keras.KerasReader;
import org.mobilenet4j.formats.onnx.read.OnnxReader;
import org.mobilenet4j.formats.onnx.write.OnnxWriter;
import org.mobilenet4j.formats.tensorflow.TensorflowReader;
import org.mobilenet4j.formats.tfjs.TfjsReader;
import org.mobilenet4j.formats.tflite.read.TfliteFile;
import org.mobilenet4j.formats.tflite.read.TfliteReader;
import org.mobilenet4j.formats.tflite.write.TfliteWriter;
import org.mobilenet4j.formats.torch.TorchFile;
import org.mobilenet4j.formats.torch.TorchMobileNet;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.file.ModelFile;
import org.mobilenet4j.model.file.PackedFile;
import org.mobilenet4j.model.file.Safetensors;
import org.mobilenet4j.tensor.ElementType;

/// Reads and writes models in all supported formats.
public final class ModelFormats {
    private static final String TFLITE = ".tflite";
    private static final String ONNX = ".onnx";
    private static final String SAFETENSORS = ".safetensors";
    private static final String PACKED = ".mnz";
    private static final List<String> KERAS = List.of(".h5", ".hdf5", ".keras");
    private static final String TFJS = ".json";
    private static final List<String> WRITTEN = List.of(SAFETENSORS, PACKED, TFLITE, ONNX);

    private ModelFormats() {}

    /// Reads the model in `file`. The format is recognized by the first bytes, or else by the file's extension, and is
    /// otherwise this library's own. A safetensors file without a network may be a PyTorch MobileNet. Files of
    /// other kinds are named.
    ///
    /// @throws IOException if the file cannot be read; the message is one line with the reason and the remedy
    public static Model read(Path file) throws IOException {
        Objects.requireNonNull(file, "file");
        var start = FileStart.of(file);
        var bytes = start.bytes();
        if (PackedFile.hasMagic(bytes)) {
            return PackedFile.read(file);
        }
        if (TfliteFile.hasMagic(bytes)) {
            return TfliteReader.read(file);
        }
        var foreign = hasEnding(file, TFJS) ? Optional.<String>empty() : ForeignFile.problem(start);
        if (foreign.isPresent()) {
            throw new BadFileException(file, foreign.get());
        }
        if (KerasReader.isArchive(bytes)) {
            return readArchive(file);
        }
        if (Hdf5File.hasMagic(bytes)) {
            return KerasReader.read(file);
        }
        if (TensorflowReader.isSavedModel(file) || TensorflowReader.isGraph(start)) {
            return TensorflowReader.read(file);
        }
        return TorchFile.isPickle(start) ? TorchMobileNet.read(file) : readByName(file);
    }

    /// Reads a zip archive: Keras's or PyTorch's.
    private static Model readArchive(Path file) throws IOException {
        try (var archive = new ZipFile(file.toFile())) {
            if (TorchFile.isArchive(archive)) {
                return TorchMobileNet.read(file);
            }
        } catch (ZipException e) {
            throw new BadFileException(file, "is a damaged archive; get it again", e);
        }
        return KerasReader.read(file);
    }

    private static Model readByName(Path file) throws IOException {
        if (hasEnding(file, TFJS)) {
            return TfjsReader.read(file);
        }
        if (hasEnding(file, PACKED)) {
            return PackedFile.read(file);
        }
        if (hasEnding(file, TFLITE)) {
            return TfliteReader.read(file);
        }
        if (hasEnding(file, ONNX)) {
            return OnnxReader.read(file);
        }
        return KERAS.stream().anyMatch(ending -> hasEnding(file, ending))
                ? KerasReader.read(file)
                : readSafetensors(file);
    }

    private static Model readSafetensors(Path file) throws IOException {
        try {
            return ModelFile.read(file);
        } catch (BadFileException e) {
            var torch = torch(file);
            if (torch.isPresent()) {
                return TorchMobileNet.read(file, torch.get());
            }
            throw e;
        }
    }

    /// The contents of `file`, if they are the tensors of a PyTorch MobileNet.
    private static Optional<Safetensors> torch(Path file) throws IOException {
        try {
            return Optional.of(Safetensors.read(file)).filter(TorchMobileNet::recognizes);
        } catch (BadFileException e) {
            return Optional.empty();
        }
    }

    /// Writes `model` in the format of `file`'s extension.
    ///
    /// @param type how floats are stored; in ONNX, only those of kernels
    /// @return what the file cannot represent of the model, or represents differently, one sentence each
    /// @throws IllegalArgumentException if the format cannot be written (the message lists those that can), or
    ///     cannot hold the model
    /// @throws IOException if the file cannot be written
    public static List<String> write(Model model, Path file, ElementType type) throws IOException {
        if (hasEnding(file, ONNX)) {
            OnnxWriter.write(model, file, type);
            return ExportLosses.onnx(model, type, false);
        }
        if (hasEnding(file, SAFETENSORS)) {
            ModelFile.write(model, file, type);
            return ExportLosses.safetensors(model, type);
        }
        if (hasEnding(file, PACKED)) {
            PackedFile.write(model, file, type);
            return ExportLosses.safetensors(model, type);
        }
        if (hasEnding(file, TFLITE)) {
            TfliteWriter.write(model, file, type);
            return ExportLosses.tflite(model, type);
        }
        throw notWritten(file);
    }

    /// Writes a detector as ONNX, with non-maximum suppression in the graph instead of the predictions of all anchors.
    ///
    /// @return as of [#write]
    /// @throws IllegalArgumentException if `file` is not to be ONNX, or `model` is no detector
    /// @throws IOException if the file cannot be written
    public static List<String> writeSuppressed(Model model, Path file, ElementType type) throws IOException {
        if (!hasEnding(file, ONNX) || model.boxes().isEmpty()) {
            throw new BadValueException(file
                    + ": only a detector that is written as ONNX can have non-maximum suppression in its graph; "
                    + (model.boxes().isEmpty()
                            ? "the network " + model.network().name() + " is none"
                            : "use a name that ends in " + ONNX + ", or leave it out (TFLite files have it always)"));
        }
        OnnxWriter.write(model, file, type, true);
        return ExportLosses.onnx(model, type, true);
    }

    /// Checks that the format of `file`'s extension can be written, to fail early before long work.
    ///
    /// @throws IllegalArgumentException if not, listing the formats that can
    public static void requireWritable(Path file) {
        if (WRITTEN.stream().noneMatch(ending -> hasEnding(file, ending))) {
            throw notWritten(file);
        }
    }

    private static BadValueException notWritten(Path file) {
        return new BadValueException(file + ": this format cannot be written; use a name that ends in " + SAFETENSORS
                + ", " + PACKED + ", " + TFLITE + " or " + ONNX);
    }

    private static boolean hasEnding(Path file, String ending) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(ending);
    }
}
