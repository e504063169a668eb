package org.mobilenet4j.formats;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.formats.hdf5.Hdf5File;
import org.mobilenet4j.formats.keras.KerasReader;
import org.mobilenet4j.formats.onnx.read.OnnxReader;
import org.mobilenet4j.formats.onnx.write.OnnxWriter;
import org.mobilenet4j.formats.tfjs.TfjsReader;
import org.mobilenet4j.formats.tflite.read.TfliteFile;
import org.mobilenet4j.formats.tflite.read.TfliteReader;
import org.mobilenet4j.formats.tflite.write.TfliteWriter;
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

    /// Number of bytes that identify a format.
    private static final int MAGIC_BYTES = 8;

    private ModelFormats() {}

    /// Reads the model in `file`. The format is recognized by the first bytes, or else by the file's extension, and is
    /// otherwise this library's own. A safetensors file without a network may be a PyTorch MobileNet.
    ///
    /// @throws IOException if the file cannot be read; the message is one line with the reason and the remedy
    public static Model read(Path file) throws IOException {
        var start = start(file);
        if (hasEnding(file, PACKED) || PackedFile.hasMagic(start)) {
            return PackedFile.read(file);
        }
        if (hasEnding(file, TFLITE) || TfliteFile.hasMagic(start)) {
            return TfliteReader.read(file);
        }
        if (hasEnding(file, ONNX)) {
            return OnnxReader.read(file);
        }
        if (KERAS.stream().anyMatch(ending -> hasEnding(file, ending))
                || Hdf5File.hasMagic(start)
                || KerasReader.isArchive(start)) {
            return KerasReader.read(file);
        }
        return hasEnding(file, TFJS) ? TfjsReader.read(file) : readSafetensors(file);
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
            return ExportLosses.onnx(model, type);
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

    private static MemorySegment start(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return MemorySegment.NULL;
        }
        try (var in = Files.newInputStream(file)) {
            return MemorySegment.ofArray(in.readNBytes(MAGIC_BYTES));
        }
    }
}
