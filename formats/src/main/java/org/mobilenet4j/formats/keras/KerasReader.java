package org.mobilenet4j.formats.keras;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.formats.file.ForeignJson;
import org.mobilenet4j.formats.file.JsonFields;
import org.mobilenet4j.formats.file.LabelsBeside;
import org.mobilenet4j.formats.file.MappedFile;
import org.mobilenet4j.formats.hdf5.Hdf5File;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.image.Resize;
import org.mobilenet4j.model.Model;

/// Reads Keras models: HDF5 files (`.h5`), and archives (`.keras`) of a configuration and an HDF5 file.
///
/// Supports Sequential and Functional models with the layers of MobileNet-like networks, with separate batch
/// normalization layers and weights in float32, float16 or float64. Unsupported layers are reported in one line.
///
/// Labels are those of a `labels.txt` beside the file with a line for each output. The normalization is that of
/// `Rescaling` and `Normalization` layers at the beginning, or else TF-Slim's, which Keras's MobileNet also uses.
///
/// Of files that hold weights alone, those of Keras's own MobileNet are read: [KerasMobileNet].
public final class KerasReader {
    private static final String CONFIG = "config.json";
    private static final String METADATA = "metadata.json";
    private static final String WEIGHTS = "model.weights.h5";
    private static final int MAX_CONFIG = 1 << 24;

    /// How many times larger than its archive an unpacked file may be. Keras does not compress, and weights hardly
    /// shrink.
    private static final int MAX_RATIO = 16;

    private static final int SMALL_FILE = 1 << 20;

    private KerasReader() {}

    /// Reads the model in `file`. Weights of a `.h5` file remain in the mapped file, which must not change while the
    /// model is in use.
    ///
    /// @throws BadFileException if the file is malformed or unsupported; the message is one line with the reason
    /// @throws IOException if it cannot be opened
    public static Model read(Path file) throws IOException {
        var bytes = MappedFile.of(file, "a .h5 or .keras file");
        return isArchive(bytes) ? readArchive(file, bytes.byteSize()) : readHdf5(file, bytes);
    }

    /// Whether a file that begins with `start` is a zip archive.
    public static boolean isArchive(MemorySegment start) {
        return start.byteSize() >= 4
                && start.get(ValueLayout.JAVA_BYTE, 0) == 'P'
                && start.get(ValueLayout.JAVA_BYTE, 1) == 'K'
                && start.get(ValueLayout.JAVA_BYTE, 2) == 3
                && start.get(ValueLayout.JAVA_BYTE, 3) == 4;
    }

    /// Reads the model in `bytes`, a `.h5` file.
    ///
    /// @param file name for messages; labels are looked for beside it
    public static Model readHdf5(Path file, MemorySegment bytes) throws IOException {
        try {
            var root = Hdf5File.of(bytes).root();
            var weights =
                    root.texts("model_config").isPresent() ? Optional.<Model>empty() : KerasMobileNet.read(file, root);
            if (weights.isPresent()) {
                return weights.get();
            }
            var config = root.texts("model_config")
                    .orElseThrow(() -> new BadValueException(
                            "holds weights without a model; save the whole model, with model.save(...)"));
            if (config.size() != 1) {
                throw new BadValueException("has " + config.size() + " model configurations; only one is supported");
            }
            var notes = new LinkedHashMap<String, String>();
            var version = root.texts("keras_version")
                    .filter(texts -> !texts.isEmpty())
                    .map(List::getFirst);
            version.ifPresent(text -> notes.put("converter", "Keras " + text));
            var variables = new Hdf5Variables(root.group("model_weights"));
            var json = ForeignJson.parse(config.getFirst(), "its model_config");
            return model(file, MappedFile.nameOf(file), "Keras", json, variables, isNew(version.orElse("")), notes);
        } catch (BadValueException e) {
            // Thrown while building the model: layers that do not fit, tensors that are too large.
            throw new BadFileException(file, e);
        }
    }

    private static Model readArchive(Path file, long size) throws IOException {
        try (var archive = new ZipFile(file.toFile())) {
            var config = new String(unpack(archive, CONFIG, MAX_CONFIG), StandardCharsets.UTF_8);
            var weights = unpack(archive, WEIGHTS, Math.max(SMALL_FILE, MAX_RATIO * size));
            var root = Hdf5File.of(MemorySegment.ofArray(weights)).root();
            KerasVariables variables = (place, number, _) ->
                    root.dataset(place.getLast().path() + "/vars/" + number).floats();
            var json = ForeignJson.parse(config, "its " + CONFIG);
            boolean isNew = archive.getEntry(METADATA) != null
                    && isNew(ForeignJson.parse(
                                    new String(unpack(archive, METADATA, MAX_CONFIG), StandardCharsets.UTF_8),
                                    "its " + METADATA)
                            .text("keras_version", ""));
            return model(file, MappedFile.nameOf(file), "Keras archive", json, variables, isNew, new LinkedHashMap<>());
        } catch (ZipException | EOFException _) {
            throw new BadFileException(file, "is a damaged archive; get it again");
        } catch (BadValueException e) {
            throw new BadFileException(file, e);
        }
    }

    private static byte[] unpack(ZipFile archive, String name, long limit) throws IOException {
        ZipEntry entry = archive.getEntry(name);
        if (entry == null) {
            throw new BadValueException("is an archive without " + name + ", so not a Keras model");
        }
        int most = (int) Math.min(limit, Integer.MAX_VALUE - 16);
        try (var in = archive.getInputStream(entry)) {
            // Reading one byte over the limit is enough to know, whatever size the archive claims.
            var bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new BadValueException(
                        "holds a " + name + " of more than " + most + " bytes, which is the limit for such an archive");
            }
            return bytes;
        }
    }

    /// Whether `version` of Keras computes some layers in another way than Keras 2 and TensorFlow.js.
    private static boolean isNew(String version) {
        return version.startsWith("3.");
    }

    /// Builds the model that `config` describes.
    ///
    /// @param file labels are looked for beside it
    /// @param name of the network
    /// @param isNew whether Keras 3 wrote the file
    /// @param notes for the model; assumptions are added to them
    public static Model model(
            Path file,
            String name,
            String format,
            JsonFields config,
            KerasVariables variables,
            boolean isNew,
            Map<String, String> notes)
            throws IOException {
        var description = KerasModel.parse(config, "");
        var reader = new KerasNetworkReader(description, variables, isNew);
        var network = reader.network(name);
        notes.put("format", format);
        if (!description.isSized()) {
            notes.put("input", network.input() + ", assumed: the file leaves the size open");
        }
        var labels = LabelsBeside.find(file, network, notes);
        return new Model(network, reader.weights(), labels, preprocessing(reader, notes), notes);
    }

    private static Preprocessing preprocessing(KerasNetworkReader reader, Map<String, String> notes) {
        // Keras's own layers resize whole photos, with half-pixel centers.
        var standard = reader.resizes()
                ? new Preprocessing(1, Resize.HALF_PIXEL, Preprocessing.TF_SLIM.normalization())
                : Preprocessing.TF_SLIM;
        if (reader.scaling().isScaled()) {
            return reader.scaling().preprocessing(standard, null, notes);
        }
        notes.put(
                "preprocessing",
                reader.resizes()
                        ? "resize from the file's first layer; TF-Slim's normalization, assumed: the file does not say"
                        : "TF-Slim's, assumed: the file does not say");
        return standard;
    }
}
