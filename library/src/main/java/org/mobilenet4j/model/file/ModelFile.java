package org.mobilenet4j.model.file;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Tensor;

/// Model files: safetensors whose metadata describes the network that the tensors belong to. `docs/model-file.md`
/// documents the format for readers without this library.
public final class ModelFile {
    private static final String VERSION = "1";

    /// Version of quantized files, which readers of the first version do not support.
    private static final String QUANTIZED_VERSION = "2";

    private static final String QUANTIZATION = "quantization";

    private ModelFile() {}

    /// The model in `file`. The values stay in the file, mapped into memory; see [Safetensors#read]. They are not
    /// checked: [Weights#nonFinite] does that.
    ///
    /// @throws BadFileException when the file is not a model of this library, is damaged, or has a newer version
    /// @throws IOException when it cannot be read
    public static Model read(Path file) throws IOException {
        Objects.requireNonNull(file, "file");
        var contents = Safetensors.read(file);
        try {
            return model(contents);
        } catch (BadValueException e) {
            throw new BadFileException(file, e);
        }
    }

    /// The model in `file`, the content of a whole file in memory, such as a class-path resource.
    ///
    /// @throws IllegalArgumentException where [#read(Path)] throws a [BadFileException]
    public static Model read(MemorySegment file) {
        return model(Safetensors.of(file));
    }

    /// Writes `model` with its floats as `type` and its integers as they are; float16 halves the file and rounds
    /// to 11 bits. The same model gives the same bytes. A failure leaves the old file untouched.
    ///
    /// @throws IllegalArgumentException when the model exceeds the limits of the format, or a value those of
    /// float16
    /// @throws IOException when the file cannot be written
    public static void write(Model model, Path file, ElementType type) throws IOException {
        new Safetensors(metadata(model), tensors(model)).write(file, type);
    }

    /// The metadata of the file's header.
    static SequencedMap<String, String> metadata(Model model) {
        var metadata = new LinkedHashMap<String, String>();
        metadata.put("format", ModelMetadata.FORMAT);
        metadata.put("version", isQuantized(model) ? QUANTIZED_VERSION : VERSION);
        metadata.put("network", NetworkJson.write(model.network()));
        if (isQuantized(model)) {
            metadata.put(QUANTIZATION, QuantizationJson.write(model.quantization(), tensors(model)));
        }
        metadata.putAll(ModelMetadata.write(model));
        return metadata;
    }

    /// Whether the model has integers: in activations and weights, or in weights alone.
    private static boolean isQuantized(Model model) {
        return model.weights().tensors().values().stream()
                .anyMatch(tensor -> tensor.type().isInteger());
    }

    /// The weights in the network's order, whatever order they were given in.
    static SequencedMap<String, Tensor> tensors(Model model) {
        var tensors = new LinkedHashMap<String, Tensor>();
        for (var name : model.network().parameters().keySet()) {
            tensors.put(name, model.weights().get(name));
        }
        return tensors;
    }

    /// The model of this metadata and these tensors.
    static Model model(Safetensors contents) {
        var metadata = contents.metadata();
        if (!ModelMetadata.isOurs(metadata)) {
            throw new BadValueException(
                    "is a safetensors file without a mobilenet4j network; convert the model from its original format");
        }
        var quantization = quantization(metadata);
        return ModelMetadata.model(
                metadata, network(metadata), new Weights(quantization.scaled(contents.tensors())), quantization.maps());
    }

    private static QuantizationJson quantization(Map<String, String> metadata) {
        var version = ModelMetadata.text(metadata, "version");
        if (version.equals(QUANTIZED_VERSION)) {
            return QuantizationJson.read(ModelMetadata.text(metadata, QUANTIZATION));
        }
        checkVersion(version);
        return QuantizationJson.NONE;
    }

    private static void checkVersion(String version) {
        if (!version.equals(VERSION)) {
            throw new BadValueException("is a model file of version " + version + ", but this mobilenet4j reads only"
                    + " versions " + VERSION + " and " + QUANTIZED_VERSION + "; use a newer one");
        }
    }

    private static Network network(Map<String, String> metadata) {
        return NetworkJson.read(ModelMetadata.text(metadata, "network"));
    }
}
