package org.mobilenet4j.formats.tfjs;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.formats.file.JsonFields;
import org.mobilenet4j.formats.graph.Constant;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Tensor;
import org.mobilenet4j.text.OneLine;

/// The weights of a TensorFlow.js model: a manifest of groups, each with files whose concatenated bytes are the group's
/// weights one after the other, little-endian.
public final class TfjsWeights {
    private static final long MAX_GROUP = Integer.MAX_VALUE - 64;

    /// How values are stored: `real = stored * scale + min` if `storage` is an unsigned integer type.
    private record Quantization(String storage, double scale, double min) {}

    private record Weight(
            List<Integer> dims, String dtype, @Nullable Quantization quantization, MemorySegment bytes) {}

    private final Map<String, Weight> weights = new LinkedHashMap<>();
    private final Map<String, Tensor> dequantized = new HashMap<>();

    /// No weights yet.
    public TfjsWeights() {}

    /// Adds weights that lie elsewhere.
    ///
    /// @param dtype `float32`, `float16` or `int32`
    /// @param bytes as many as `dims` say, little-endian
    public void put(String name, String dtype, List<Integer> dims, MemorySegment bytes) {
        weights.put(name, new Weight(dims, dtype, null, bytes));
    }

    /// Reads the files that `manifest` names, which must be in the folder of `file` or below.
    ///
    /// @throws IllegalArgumentException if the manifest is malformed, names a file elsewhere, or does not match
    ///     its files
    /// @throws IOException if a file cannot be read
    static TfjsWeights read(Path file, List<?> manifest) throws IOException {
        var all = new TfjsWeights();
        var seen = new HashSet<Path>();
        for (var item : manifest) {
            var group = JsonFields.of(item, "a group of weights");
            var shards = new ArrayList<Path>();
            for (var path : group.texts("paths")) {
                var shard = inFolder(file, path);
                if (!seen.add(shard)) {
                    throw new BadValueException("names the weight file " + path + " twice");
                }
                shards.add(shard);
            }
            all.addGroup(group, MemorySegment.ofArray(join(shards)));
        }
        return all;
    }

    boolean has(String name) {
        return weights.containsKey(name);
    }

    /// The values called `name`.
    ///
    /// @throws IllegalArgumentException if there are none, or they are not floats
    Tensor floats(String name) {
        var weight = weight(name);
        if (!weight.dtype().equals("float32") && !weight.dtype().equals("float16")) {
            throw new BadValueException(
                    "the weights \"" + name + "\" are " + weight.dtype() + " where floats are needed");
        }
        var quantization = weight.quantization();
        if (quantization != null && quantization.storage().startsWith("uint")) {
            return dequantized.computeIfAbsent(name, _ -> dequantize(weight, quantization));
        }
        boolean isHalf = (quantization == null ? weight.dtype() : quantization.storage()).equals("float16");
        return Tensor.of(weight.bytes(), isHalf ? ElementType.FLOAT16 : ElementType.FLOAT32, weight.dims());
    }

    /// The floats or integers called `name`: axes, shapes, paddings, factors.
    ///
    /// @throws IllegalArgumentException if there are none, or they are neither
    Constant constant(String name) {
        var weight = weight(name);
        if (!weight.dtype().equals("int32")) {
            return Constant.of(floats(name));
        }
        var quantization = weight.quantization();
        if (quantization != null && quantization.storage().startsWith("uint")) {
            var wholes = dequantize(weight, quantization).toArray();
            return Constant.ofWholes(
                    weight.dims(),
                    IntStream.range(0, wholes.length)
                            .mapToDouble(i -> Math.rint(wholes[i]))
                            .toArray());
        }
        var values = new double[Math.toIntExact(weight.bytes().byteSize() / Integer.BYTES)];
        for (int i = 0; i < values.length; i++) {
            values[i] = weight.bytes().getAtIndex(ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), i);
        }
        return Constant.ofWholes(weight.dims(), values);
    }

    /// The number of bytes of all weights.
    long byteSize() {
        return weights.values().stream()
                .mapToLong(weight -> weight.bytes().byteSize())
                .sum();
    }

    private Weight weight(String name) {
        var weight = weights.get(name);
        if (weight == null) {
            throw new BadValueException("has no weights called \"" + name + "\"");
        }
        return weight;
    }

    private static Tensor dequantize(Weight weight, Quantization quantization) {
        int size = sizeOf(quantization.storage());
        var values = new float[Tensor.elements(weight.dims())];
        for (int i = 0; i < values.length; i++) {
            int stored = size == 1
                    ? Byte.toUnsignedInt(weight.bytes().get(ValueLayout.JAVA_BYTE, i))
                    : Short.toUnsignedInt(weight.bytes()
                            .get(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), 2L * i));
            values[i] = (float) (stored * quantization.scale() + quantization.min());
        }
        return Tensor.of(
                values, weight.dims().stream().mapToInt(Integer::intValue).toArray());
    }

    private void addGroup(JsonFields group, MemorySegment bytes) {
        long at = 0;
        for (var item : group.list("weights")) {
            var fields = JsonFields.of(item, "an entry of weights");
            var name = fields.text("name");
            var quantization = quantization(fields, name);
            var dtype = fields.text("dtype");
            var dims = fields.wholes("shape");
            long length = sizeOf(quantization == null ? dtype : quantization.storage());
            for (int dim : dims) {
                if (dim < 0) {
                    throw new BadValueException("the weights \"" + name + "\" have the shape " + dims);
                }
                // Saturates far above any file size, so that the check below refuses it.
                length = Math.min(length * dim, MAX_GROUP + 1);
            }
            if (length > bytes.byteSize() - at) {
                throw new BadValueException(
                        "the weight files end inside \"" + name + "\"; one was cut off or is missing, get them again");
            }
            if (weights.put(name, new Weight(dims, dtype, quantization, bytes.asSlice(at, length))) != null) {
                throw new BadValueException("has two weights called \"" + name + "\"");
            }
            at += length;
        }
        if (at != bytes.byteSize()) {
            throw new BadValueException("the weight files have " + bytes.byteSize() + " bytes, but the weights take "
                    + at + "; they do not belong together");
        }
    }

    private static @Nullable Quantization quantization(JsonFields fields, String name) {
        if (!fields.has("quantization")) {
            return null;
        }
        var how = fields.object("quantization", "the quantization of \"" + name + "\"");
        var storage = how.text("dtype");
        if (!storage.equals("uint8") && !storage.equals("uint16") && !storage.equals("float16")) {
            throw new BadValueException("the weights \"" + name + "\" are stored as " + storage
                    + "; only uint8, uint16 and float16 are supported");
        }
        return new Quantization(storage, how.number("scale", 1), how.number("min", 0));
    }

    private static int sizeOf(String dtype) {
        return switch (dtype) {
            case "float32", "int32" -> 4;
            case "float16", "uint16" -> 2;
            case "uint8", "bool" -> 1;
            default ->
                throw new BadValueException(
                        "has weights of the type " + dtype + "; only float32, float16 and int32 are supported");
        };
    }

    /// The file at `path`, which must be in the folder of `model`, even after links are followed.
    private static Path inFolder(Path model, String path) throws IOException {
        var folder = model.toAbsolutePath().normalize().resolveSibling("");
        var shard = resolved(folder, path);
        if (path.isEmpty() || Path.of(path).isAbsolute() || !shard.startsWith(folder) || shard.equals(folder)) {
            throw new BadValueException(
                    "names the weight file \"" + path + "\", which lies outside its folder; it is not read");
        }
        if (!Files.isRegularFile(shard)) {
            throw new NoSuchFileException(
                    OneLine.of(shard.toString()),
                    null,
                    "there is no such file, and " + model + " needs it for its weights");
        }
        if (!shard.toRealPath().startsWith(folder.toRealPath())) {
            throw new BadValueException(
                    "names the weight file \"" + path + "\", which leads outside its folder; it is not read");
        }
        return shard;
    }

    private static Path resolved(Path folder, String path) {
        try {
            return folder.resolve(path).normalize();
        } catch (InvalidPathException e) {
            throw new BadValueException("names the weight file \"" + path + "\", which is not a valid file name", e);
        }
    }

    private static byte[] join(List<Path> shards) throws IOException {
        long total = 0;
        for (var shard : shards) {
            total += Files.size(shard);
        }
        if (total > MAX_GROUP) {
            throw new BadValueException("has a group of weights of " + total + " bytes; the limit is " + MAX_GROUP);
        }
        var all = new byte[(int) total];
        int at = 0;
        for (var shard : shards) {
            try (var in = Files.newInputStream(shard)) {
                at += in.readNBytes(all, at, all.length - at);
            }
        }
        return all;
    }
}
