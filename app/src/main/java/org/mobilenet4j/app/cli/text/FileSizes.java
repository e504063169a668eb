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

/// How many bytes a model takes, by form.
///
/// @param float32 the model file
/// @param float16 the model file with 16-bit floats
/// @param int8 8-bit integers for kernels, of four for biases, a scale for each channel, batch
///     normalization folded away, without a header; calculated
/// @param deflated what zip makes of the model file with 32 bits
/// @param packed the packed file with 32 bits, which is read again to the bit
/// @param packed16 the packed file with 16-bit floats
public record FileSizes(long float32, long float16, long int8, long deflated, long packed, long packed16) {
    private static final int PIECE = 1 << 16;

    /// How many bytes the model takes as a file of each kind.
    ///
    /// @throws IOException when there is no room for temporary files
    public static FileSizes of(Model model) throws IOException {
        var file = Files.createTempFile("mobilenet4j", ".safetensors");
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
