package org.mobilenet4j.formats.torch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.mobilenet4j.tensor.Tensor;

/// Writes state dicts as `torch.save` does, in both forms, with the steps that it uses.
final class TorchFiles {
    /// How values are stored.
    enum Storage {
        FLOAT("FloatStorage", 4),
        HALF("HalfStorage", 2),
        B_FLOAT16("BFloat16Storage", 2),
        DOUBLE("DoubleStorage", 8);

        private final String type;
        private final int bytes;

        Storage(String type, int bytes) {
            this.type = type;
            this.bytes = bytes;
        }

        byte[] of(float[] values) {
            var out = ByteBuffer.allocate(values.length * bytes).order(ByteOrder.LITTLE_ENDIAN);
            for (float value : values) {
                switch (this) {
                    case FLOAT -> out.putFloat(value);
                    case HALF -> out.putShort(Float.floatToFloat16(value));
                    case B_FLOAT16 -> out.putShort((short) (Float.floatToIntBits(value) >> 16));
                    case DOUBLE -> out.putDouble(value);
                }
            }
            return out.array();
        }
    }

    private final Storage storage;
    private final boolean channelsLast;
    private final ByteArrayOutputStream pickle = new ByteArrayOutputStream();
    private final Map<String, byte[]> storages = new LinkedHashMap<>();
    private final List<Integer> counts = new ArrayList<>();

    private TorchFiles(Storage storage, boolean channelsLast) {
        this.storage = storage;
        this.channelsLast = channelsLast;
    }

    /// The zip archive of `tensors`, all `storage`.
    static byte[] archive(Map<String, Tensor> tensors, Storage storage, boolean channelsLast) throws IOException {
        var file = new TorchFiles(storage, channelsLast);
        file.start();
        file.stateDict(tensors);
        file.bytes('.');
        var entries = new LinkedHashMap<String, byte[]>();
        entries.put("m/data.pkl", file.pickle.toByteArray());
        entries.put("m/byteorder", "little".getBytes(StandardCharsets.US_ASCII));
        file.storages.forEach((key, bytes) -> entries.put("m/data/" + key, bytes));
        entries.put("m/version", "3\n".getBytes(StandardCharsets.US_ASCII));
        return zip(entries);
    }

    static byte[] zip(Map<String, byte[]> entries) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ZipOutputStream(bytes)) {
            for (var entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue());
                out.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    /// The older form of a training's checkpoint of `tensors`.
    static byte[] legacy(Map<String, Tensor> tensors) {
        var file = new TorchFiles(Storage.FLOAT, false);
        file.start();
        file.bytes('}', '(');
        file.text("epoch");
        file.bytes('K', 3);
        file.text("best");
        file.bytes('G', 0x3f, 0xe0, 0, 0, 0, 0, 0, 0);
        file.text("state_dict");
        file.stateDict(tensors);
        file.bytes('u', '.');
        return legacy(file.pickle.toByteArray(), file.storages, file.counts);
    }

    /// The older form, with any pickle.
    static byte[] legacy(byte[] pickle, Map<String, byte[]> storages, List<Integer> counts) {
        var all = new TorchFiles(Storage.FLOAT, false);
        all.pickle.writeBytes(HexFormat.of().parseHex("80028a0a6cfc9c46f9206aa850192e" + "80024de9032e"));
        all.start();
        all.bytes('}', '(');
        all.text("little_endian");
        all.bytes(0x88, 'u', '.');
        all.pickle.writeBytes(pickle);
        all.start();
        all.bytes(']', '(');
        storages.keySet().forEach(all::text);
        all.bytes('e', '.');
        int number = 0;
        for (var bytes : storages.values()) {
            all.pickle.writeBytes(ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(counts.get(number++))
                    .array());
            all.pickle.writeBytes(bytes);
        }
        return all.pickle.toByteArray();
    }

    private void start() {
        bytes(0x80, 2);
    }

    private void stateDict(Map<String, Tensor> tensors) {
        global("collections", "OrderedDict");
        bytes(')', 'R', 'q', 0, '(');
        tensors.forEach((name, tensor) -> {
            text(name);
            tensor(tensor);
            if (name.endsWith(".running_var")) {
                text(name.replace("running_var", "num_batches_tracked"));
                put("LongStorage", new byte[8], 1, List.of(), List.of());
            }
        });
        bytes('u', '}');
        text("_metadata");
        global("collections", "OrderedDict");
        bytes(')', 'R', 's', 'b');
    }

    private void tensor(Tensor tensor) {
        var dims = tensor.dims();
        var strides = new ArrayList<Integer>();
        int stride = 1;
        for (int k = dims.size() - 1; k >= 0; k--) {
            strides.addFirst(stride);
            stride *= dims.get(k);
        }
        var values = tensor.toArray();
        if (channelsLast && dims.size() == 4) {
            int channels = dims.get(1);
            int pixels = dims.get(2) * dims.get(3);
            strides.set(1, 1);
            strides.set(2, dims.get(3) * channels);
            strides.set(3, channels);
            var moved = new float[values.length];
            for (int i = 0; i < values.length; i++) {
                int image = i / (channels * pixels);
                moved[(image * pixels + i % pixels) * channels + i / pixels % channels] = values[i];
            }
            values = moved;
        }
        put(storage.type, storage.of(values), values.length, dims, strides);
    }

    private void put(String type, byte[] bytes, int count, List<Integer> dims, List<Integer> strides) {
        var key = String.valueOf(storages.size());
        storages.put(key, bytes);
        counts.add(count);
        global("torch._utils", "_rebuild_tensor_v2");
        bytes('(', '(');
        text("storage");
        global("torch", type);
        text(key);
        text("cpu");
        whole(count);
        bytes('t', 'Q', 'K', 0);
        tuple(dims);
        tuple(strides);
        bytes(0x89);
        global("collections", "OrderedDict");
        bytes(')', 'R', 't', 'R');
    }

    private void tuple(List<Integer> numbers) {
        bytes('(');
        numbers.forEach(this::whole);
        bytes('t');
    }

    private void whole(int number) {
        bytes('J', number & 0xff, number >> 8 & 0xff, number >> 16 & 0xff, number >> 24 & 0xff);
    }

    private void text(String text) {
        bytes('X', text.length(), 0, 0, 0);
        pickle.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    private void global(String module, String name) {
        bytes('c');
        pickle.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private void bytes(int... values) {
        for (int value : values) {
            pickle.write(value);
        }
    }
}
