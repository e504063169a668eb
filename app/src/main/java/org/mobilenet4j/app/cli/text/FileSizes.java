package org.mobilenet4j.app.cli.text;

import java.io.IOException;
import java.nio.file.Files;
import java.util.zip.Deflater;
import org.mobilenet4j.arch.Parameter.Role;
import org.mobilenet4j.model.FoldedModel;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.file.ModelFile;
import org.mobilenet4j.model.file.PackedFile;
import org.mobilenet4j.tensor.ElementType;

/// The size of a model in bytes, by format.
///
/// @param float32 the model file
/// @param float16 the model file with 16-bit floats
/// @param int8 calculated: one byte per kernel value, four per bias, a scale per channel, batch normalization
///     folded, without a header
/// @param deflated the float32 model file, zipped
/// @param packed the packed file with float32, which is lossless
/// @param packed16 the packed file with float16
public record FileSizes(long float32, long float16, long int8, long deflated, long packed, long packed16) {
    private static final int PIECE = 1 << 16;

    /// Writes the model in each format to measure it.
    ///
    /// @throws IOException if there is no room for temporary files
    public static FileSizes of(Model model) throws IOException {
        var file = Files.createTempFile("mobilenet4j", ".safetensors");
        file.toFile().deleteOnExit(); // if the command is stopped
        try {
            ModelFile.write(model, file, ElementType.FLOAT16);
            long float16 = Files.size(file);
            ModelFile.write(model, file, ElementType.FLOAT32);
            return new FileSizes(
                    Files.size(file),
                    float16,
                    int8(model),
                    deflated(Files.readAllBytes(file)),
                    PackedFile.bytes(model, ElementType.FLOAT32).length,
                    PackedFile.bytes(model, ElementType.FLOAT16).length);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static long int8(Model model) {
        long bytes = 0;
        for (var node : FoldedModel.of(model).network().nodes()) {
            for (var parameter : node.parameters()) {
                bytes += parameter.role() == Role.WEIGHT
                        ? parameter.size() + (long) Float.BYTES * node.output().channels()
                        : (long) Integer.BYTES * parameter.size();
            }
        }
        return bytes;
    }

    private static long deflated(byte[] bytes) {
        try (var deflater = new Deflater(Deflater.BEST_COMPRESSION)) {
            deflater.setInput(bytes);
            deflater.finish();
            var piece = new byte[PIECE];
            while (!deflater.finished()) {
                deflater.deflate(piece);
            }
            return deflater.getBytesWritten();
        }
    }
}
