package org.mobilenet4j.formats;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.mobilenet4j.tensor.Tensor;

/// Writes TensorFlow.js models by hand: a `model.json` and two files of weights.
public final class TfjsFiles {
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private final List<String> entries = new ArrayList<>();
    private final List<String> nodes = new ArrayList<>();

    /// Weights as they are.
    public TfjsFiles floats(Map<String, Tensor> weights) {
        weights.forEach(this::floats);
        return this;
    }

    public TfjsFiles floats(String name, Tensor tensor) {
        var bytes = buffer(4 * tensor.size());
        for (int i = 0; i < tensor.size(); i++) {
            bytes.putFloat(tensor.get(i));
        }
        return entry(name, tensor.dims(), "float32", "", bytes);
    }

    /// Weights as float16.
    public TfjsFiles halves(String name, Tensor tensor) {
        var bytes = buffer(2 * tensor.size());
        for (int i = 0; i < tensor.size(); i++) {
            bytes.putShort(Float.floatToFloat16(tensor.get(i)));
        }
        return entry(name, tensor.dims(), "float32", ",'quantization':{'dtype':'float16'}", bytes);
    }

    /// Stored numbers of one or two bytes that stand for `stored * scale + min`.
    public TfjsFiles quantized(String name, int[] stored, int size, double scale, double min, Integer... dims) {
        var bytes = buffer(size * stored.length);
        for (int value : stored) {
            if (size == 1) {
                bytes.put((byte) value);
            } else {
                bytes.putShort((short) value);
            }
        }
        var how = ",'quantization':{'dtype':'uint" + 8 * size + "','scale':" + scale + ",'min':" + min
                + ",'original_dtype':'float32'}";
        return entry(name, List.of(dims), "float32", how, bytes);
    }

    public TfjsFiles integers(String name, int... values) {
        var bytes = buffer(4 * values.length);
        Arrays.stream(values).forEach(bytes::putInt);
        return entry(name, List.of(values.length), "int32", "", bytes);
    }

    /// A node of a graph; constants of the same name are added for weights.
    ///
    /// @param attributes fields with single quotes in place of double ones
    public TfjsFiles node(String op, String name, String attributes, String... inputs) {
        var list = Arrays.stream(inputs).map(input -> "'" + input + "'").toList();
        nodes.add("{'name':'" + name + "','op':'" + op + "','input':" + list + ",'attr':{" + attributes + "}}");
        return this;
    }

    /// An attribute that is a text.
    public static String text(String name, String value) {
        return "'" + name + "':{'s':'" + base64(value) + "'}";
    }

    /// An attribute that is a list of integers, which are texts.
    public static String wholes(String name, int... values) {
        return "'" + name + "':{'list':{'i':"
                + Arrays.stream(values).mapToObj(value -> "'" + value + "'").toList() + "}}";
    }

    /// The operations that are fused into a node.
    public static String fused(String... operations) {
        return "'fused_ops':{'list':{'s':"
                + Arrays.stream(operations)
                        .map(name -> "'" + base64(name) + "'")
                        .toList() + "}}";
    }

    /// The graph of all nodes, with a constant for each of the weights, as the file's topology.
    public String graph() {
        var all = new ArrayList<String>();
        // Out of order, as the converter may leave them.
        all.addAll(nodes.reversed());
        for (var entry : entries) {
            var name = entry.substring(entry.indexOf(":'") + 2, entry.indexOf("',"));
            all.add("{'name':'" + name + "','op':'Const','attr':{'dtype':{'type':'DT_FLOAT'}}}");
        }
        return "{'node':" + all + ",'versions':{}}";
    }

    /// Writes all files.
    ///
    /// @param topology what stands as `modelTopology`
    public Path write(Path folder, String topology) throws IOException {
        var bytes = data.toByteArray();
        int half = bytes.length / 2;
        Files.write(folder.resolve("group1-shard1of2.bin"), Arrays.copyOf(bytes, half));
        Files.write(folder.resolve("group1-shard2of2.bin"), Arrays.copyOfRange(bytes, half, bytes.length));
        return Files.writeString(
                folder.resolve("model.json"), json(topology, "'group1-shard1of2.bin','group1-shard2of2.bin'"));
    }

    /// The text of `model.json`.
    public String json(String topology, String paths) {
        return ("{'format':'x','modelTopology':" + topology + ",'weightsManifest':[{'paths':[" + paths + "],'weights':"
                        + entries + "}]}")
                .replace('\'', '"');
    }

    private TfjsFiles entry(String name, List<Integer> dims, String dtype, String more, ByteBuffer bytes) {
        entries.add("{'name':'" + name + "','shape':" + dims + ",'dtype':'" + dtype + "'" + more + "}");
        var written = new byte[bytes.capacity()];
        bytes.get(0, written);
        data.writeBytes(written);
        return this;
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
