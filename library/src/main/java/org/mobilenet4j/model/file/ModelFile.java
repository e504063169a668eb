package org.mobilenet4j.model.file;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Tensor;

/// Models in files: safetensors whose metadata says what network the tensors belong to. `docs/model-file.md` describes
/// the format for those who read it without this library.
public final class ModelFile {
    private static final String VERSION = "1";

    /// Of files with integers, which readers of the first version do not know.
    private static final String QUANTIZED_VERSION = "2";

    private static final String QUANTIZATION = "quantization";

    private ModelFile() {}

    /// The model in `file`. The values stay in the file, mapped into memory; see [Safetensors#read]. They are not
    /// looked at: [Weights#nonFinite] does.
    ///
    /// @throws BadFileException when the file is not a model of this library, is damaged, or of a later version
    /// @throws IOException when it cannot be read
    public static Model read(Path file) throws IOException {
        var contents = Safetensors.read(file);
        try {
            return model(contents);
        } catch (BadValueException e) {
            throw new BadFileException(file, e);
        }
    }

    /// The model that `file` holds, which is the whole of a file in memory, such as a resource of a program.
    ///
    /// @throws IllegalArgumentException as [#read(Path)] throws a [BadFileException]
    public static Model read(MemorySegment file) {
        return model(Safetensors.of(file));
    }

    /// Writes `model` with its floats stored as `type` and its integers as they are; float16 halves the file
    /// and rounds to 11 bits. The same model makes the same bytes. A failure leaves what was there before.
    ///
    /// @throws IllegalArgumentException when the model is over the limits of the file, or a value over float16's
    /// @throws IOException when the file cannot be written
    public static void write(Model model, Path file, ElementType type) throws IOException {
        new Safetensors(metadata(model), tensors(model)).write(file, type);
    }

    /// The texts of the file's header.
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

    /// Whether integers are in it: in all of it, or in its weights alone.
    private static boolean isQuantized(Model model) {
        return model.weights().tensors().values().stream()
                .anyMatch(tensor -> tensor.type().isInteger());
    }

    /// In the network's order, whatever order the weights were given in.
    static SequencedMap<String, Tensor> tensors(Model model) {
        var tensors = new LinkedHashMap<String, Tensor>();
        for (var name : model.network().parameters().keySet()) {
            tensors.put(name, model.weights().get(name));
        }
        return tensors;
    }

    /// The model that these texts and tensors are.
    static Model model(Safetensors contents) {
        var metadata = contents.metadata();
        if (!ModelMetadata.isOurs(metadata)) {
            throw new BadValueException(
                    "is a safetensors file without a mobilenet4j network; convert the model from its original format");
        }
        var quantization = quantization(metadata);
        return new Model(
                network(metadata),
                new Weights(quantization.scaled(contents.tensors())),
                ModelMetadata.labels(metadata),
                ModelMetadata.preprocessing(metadata),
                ModelMetadata.notes(metadata),
                quantization.maps());
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
            throw new BadValueException("is a model file of version " + version + ", but version " + VERSION
                    + " and, with integers, " + QUANTIZED_VERSION
                    + " are all that this mobilenet4j reads; use a newer one");
        }
    }

    private static Network network(Map<String, String> metadata) {
        return NetworkJson.read(ModelMetadata.text(metadata, "network"));
    }
}
