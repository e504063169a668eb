package org.mobilenet4j.formats.tensorflow;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.mobilenet4j.tensor.Tensor;

/// Writes graphs and variables as TensorFlow does.
final class TfFiles {
    private TfFiles() {}

    /// A field that is a message, a text or bytes.
    static byte[] field(int number, byte[]... parts) {
        var inner = join(parts);
        return join(varint((number << 3) | 2), varint(inner.length), inner);
    }

    static byte[] field(int number, String text) {
        return field(number, text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] number(int field, long value) {
        return join(varint((long) field << 3), varint(value));
    }

    static byte[] varint(long value) {
        var out = new ByteArrayOutputStream();
        long left = value;
        while ((left & ~0x7fL) != 0) {
            out.write((int) ((left & 0x7f) | 0x80));
            left >>>= 7;
        }
        out.write((int) left);
        return out.toByteArray();
    }

    static byte[] join(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(out::writeBytes);
        return out.toByteArray();
    }

    /// A node in a graph; in a function, wrap it in field 3 instead of 1.
    static byte[] node(String name, String op, String inputs, byte[]... attributes) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(field(1, name));
        out.writeBytes(field(2, op));
        for (var input : inputs.isEmpty() ? new String[0] : inputs.split(" ", -1)) {
            out.writeBytes(field(3, input));
        }
        Arrays.stream(attributes).forEach(out::writeBytes);
        return out.toByteArray();
    }

    static byte[] attribute(String name, byte[] value) {
        return field(5, field(1, name), field(2, value));
    }

    static byte[] text(String name, String value) {
        return attribute(name, field(2, value));
    }

    static byte[] wholes(String name, int... values) {
        var packed = join(Arrays.stream(values).mapToObj(TfFiles::varint).toArray(byte[][]::new));
        return attribute(name, field(1, field(3, packed)));
    }

    static byte[] shape(int... dims) {
        return join(
                Arrays.stream(dims).mapToObj(dim -> field(2, number(1, dim))).toArray(byte[][]::new));
    }

    /// A constant of floats.
    static byte[] constant(String name, Tensor tensor) {
        return node(
                name,
                "Const",
                "",
                attribute("value", field(8, number(1, 1), field(2, dims(tensor)), field(4, bytes(tensor)))));
    }

    /// A constant of integers.
    static byte[] constant(String name, int... values) {
        var packed = join(Arrays.stream(values).mapToObj(TfFiles::varint).toArray(byte[][]::new));
        return node(
                name,
                "Const",
                "",
                attribute("value", field(8, number(1, 3), field(2, shape(values.length)), field(7, packed))));
    }

    static byte[] dims(Tensor tensor) {
        return shape(tensor.dims().stream().mapToInt(Integer::intValue).toArray());
    }

    static byte[] bytes(Tensor tensor) {
        var out = ByteBuffer.allocate(4 * tensor.size()).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : tensor.toArray()) {
            out.putFloat(value);
        }
        return out.array();
    }

    /// `variables.index` and `variables.data-00000-of-00001` in `folder`.
    static void bundle(Path folder, Map<String, Tensor> variables) throws IOException {
        var data = new ByteArrayOutputStream();
        var entries = new TreeMap<String, byte[]>();
        entries.put("", number(1, 1));
        variables.forEach((name, tensor) -> {
            var bytes = bytes(tensor);
            var crc = new CRC32C();
            crc.update(bytes);
            int masked = Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
            var checksum = ByteBuffer.allocate(5)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .put((byte) ((6 << 3) | 5))
                    .putInt(masked);
            entries.put(
                    name,
                    join(
                            number(1, 1),
                            field(2, dims(tensor)),
                            number(4, data.size()),
                            number(5, bytes.length),
                            checksum.array()));
            data.writeBytes(bytes);
        });
        Files.createDirectories(folder);
        Files.write(folder.resolve("variables.data-00000-of-00001"), data.toByteArray());
        Files.write(folder.resolve("variables.index"), table(entries));
    }

    /// A sorted table of one block, with shared prefixes.
    static byte[] table(Map<String, byte[]> entries) {
        var block = block(entries);
        var index = block(Map.of("~", join(varint(0), varint(block.length))));
        int indexAt = block.length + 5;
        var footer = Arrays.copyOf(join(varint(0), varint(0), varint(indexAt), varint(index.length)), 40);
        var magic = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0xdb4775248b80fb57L);
        return join(block, new byte[5], index, new byte[5], footer, magic.array());
    }

    private static byte[] block(Map<String, byte[]> entries) {
        var out = new ByteArrayOutputStream();
        var last = "";
        for (var entry : entries.entrySet()) {
            var key = entry.getKey();
            int shared = 0;
            while (shared < Math.min(key.length(), last.length()) && key.charAt(shared) == last.charAt(shared)) {
                shared++;
            }
            var rest = key.substring(shared).getBytes(StandardCharsets.UTF_8);
            out.writeBytes(
                    join(varint(shared), varint(rest.length), varint(entry.getValue().length), rest, entry.getValue()));
            last = key;
        }
        out.writeBytes(new byte[] {0, 0, 0, 0, 1, 0, 0, 0}); // one restart, at 0
        return out.toByteArray();
    }
}
