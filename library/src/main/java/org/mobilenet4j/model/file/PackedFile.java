package org.mobilenet4j.model.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Objects;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Quantization;
import org.mobilenet4j.tensor.Tensor;

/// Compressed model files: the content of a [ModelFile], with an entropy code for each tensor's repeated values. Zeros,
/// shared values of a clustering and integers become small; weights that are all different keep their size.
/// `docs/model-file.md` documents the format.
public final class PackedFile {
    /// A byte that is not text, the name, and both kinds of line endings, which transfers in text mode change.
    private static final byte[] MAGIC = {(byte) 0x89, 'M', 'N', 'Z', '\r', '\n', 0x1a, '\n'};

    private static final ValueLayout.OfLong LENGTH = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /// Bytes of the magic number and the header's length.
    private static final int PREFIX = 16;

    private static final int MAX_FILE = 1 << 30;

    private PackedFile() {}

    /// Whether a file that begins with `start` is a packed file.
    public static boolean hasMagic(MemorySegment start) {
        return start.byteSize() >= MAGIC.length
                && start.asSlice(0, MAGIC.length).mismatch(MemorySegment.ofArray(MAGIC)) < 0;
    }

    /// The model in `file`, unpacked into memory.
    ///
    /// @throws BadFileException when the file is not a packed file, is damaged, or unpacks to more than the limit
    /// @throws IOException when it cannot be read
    public static Model read(Path file) throws IOException {
        Objects.requireNonNull(file, "file");
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString(), null, "there is no such file");
        }
        if (!Files.isRegularFile(file)) {
            throw new BadFileException(file, "is not a file; give the name of a file");
        }
        if (Files.size(file) > MAX_FILE) {
            throw new BadFileException(file, "has more than " + MAX_FILE + " bytes, too many for a packed model");
        }
        try {
            return read(MemorySegment.ofArray(Files.readAllBytes(file)));
        } catch (BadValueException e) {
            throw new BadFileException(file, e);
        }
    }

    /// The model in `file`, the content of a whole file in memory.
    ///
    /// @throws IllegalArgumentException where [#read(Path)] throws a [BadFileException]
    public static Model read(MemorySegment file) {
        Objects.requireNonNull(file, "file");
        if (!hasMagic(file) || file.byteSize() < PREFIX) {
            throw new BadValueException("is not a packed model, or damaged; check its format and name");
        }
        long length = file.get(LENGTH, MAGIC.length);
        if (length < 0 || length > SafetensorsHeader.MAX_BYTES || PREFIX + length > file.byteSize()) {
            throw new BadValueException("claims a header of " + Long.toUnsignedString(length)
                    + " bytes, but has only " + (file.byteSize() - PREFIX)
                    + " after its length; it was cut off, get it again");
        }
        var json = Safetensors.utf8(file.asSlice(PREFIX, length).asByteBuffer());
        var data = file.asSlice(PREFIX + length);
        var header = PackedHeader.parse(json, data.byteSize());
        var tensors = new LinkedHashMap<String, Tensor>();
        for (var entry : header.entries()) {
            tensors.put(entry.name(), tensor(entry, data.asSlice(entry.begin(), entry.end() - entry.begin())));
        }
        return ModelFile.model(new Safetensors(header.metadata(), tensors));
    }

    private static Tensor tensor(PackedHeader.Entry entry, MemorySegment bytes) {
        var values = entry.coding() == PackedValues.Coding.RAW ? bytes : unpack(entry, bytes);
        return entry.type().isInteger()
                ? Tensor.of(values, entry.type(), entry.dims(), Quantization.of(1, 0))
                : Tensor.of(values, entry.type(), entry.dims());
    }

    private static MemorySegment unpack(PackedHeader.Entry entry, MemorySegment bytes) {
        try {
            return MemorySegment.ofArray(PackedValues.unpack(
                    entry.coding(), bytes, entry.patterns(), entry.type().bytes(), entry.size()));
        } catch (BadValueException e) {
            throw new BadValueException("the tensor " + entry.name() + " " + e.getMessage(), e);
        }
    }

    /// Writes `model` atomically, with its floats as `type` and its integers as they are. With float32 a model
    /// that is read again has the same bits. The same model gives the same bytes.
    ///
    /// @throws IllegalArgumentException when the model exceeds the limits of the format, or a value those of
    /// float16
    /// @throws IOException when the file cannot be written
    public static void write(Model model, Path file, ElementType type) throws IOException {
        var bytes = bytes(model, type);
        AtomicFile.write(file, channel -> new TensorWriter(channel, type).write(bytes));
    }

    /// The content of the file that [#write] writes.
    ///
    /// @throws IllegalArgumentException as [#write] does
    public static byte[] bytes(Model model, ElementType type) {
        var entries = new ArrayList<PackedHeader.Entry>();
        var data = new ByteArrayOutputStream();
        ModelFile.tensors(model).forEach((name, tensor) -> {
            var stored = SafetensorsHeader.stored(tensor, type);
            var packed = PackedValues.shortest(values(name, tensor, type), stored.bytes());
            long begin = data.size();
            data.write(packed.bytes().array(), 0, packed.bytes().remaining());
            entries.add(new PackedHeader.Entry(
                    name, stored, tensor.dims(), packed.coding(), packed.patterns(), begin, data.size()));
        });
        var json = SafetensorsHeader.utf8(new PackedHeader(ModelFile.metadata(model), entries).json());
        int length = json.remaining();
        var all = ByteBuffer.allocate(PREFIX + length + data.size()).order(ByteOrder.LITTLE_ENDIAN);
        all.put(MAGIC).putLong(length).put(json).put(data.toByteArray());
        return all.array();
    }

    private static byte[] values(String name, Tensor tensor, ElementType type) {
        var bytes = new ByteArrayOutputStream();
        try {
            new TensorWriter(Channels.newChannel(bytes), type).write(name, tensor);
        } catch (IOException e) {
            throw new IllegalStateException("memory takes all that is written", e);
        }
        return bytes.toByteArray();
    }
}
