package org.mobilenet4j.model.file;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.SequencedMap;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Quantization;
import org.mobilenet4j.tensor.Tensor;

/// The content of any safetensors file: 8 bytes with the header's length (unsigned, little-endian), a JSON header, and
/// the tensors' values one after the other. Integers have scale 1: the format knows no quantization.
///
/// @param metadata strings by key
/// @param tensors tensors by name
public record Safetensors(SequencedMap<String, String> metadata, SequencedMap<String, Tensor> tensors) {
    private static final ValueLayout.OfLong LENGTH = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /// @throws IllegalArgumentException when a tensor is called `__metadata__`, which the format reserves
    public Safetensors {
        Objects.requireNonNull(metadata, "metadata");
        Objects.requireNonNull(tensors, "tensors");
        metadata = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(metadata));
        tensors = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(tensors));
        if (tensors.containsKey(SafetensorsHeader.METADATA)) {
            throw new BadValueException("no tensor may be called " + SafetensorsHeader.METADATA);
        }
    }

    /// Reads `file`. Its length, its header and the place of every tensor are checked first; then the values are
    /// mapped into memory, not copied, and stay mapped until the last tensor is unreachable. Do not truncate or
    /// overwrite a file in place while it is in use; [#write] replaces it, which is safe.
    ///
    /// @throws BadFileException when the file is not safetensors, is damaged, or has types other than float32,
    ///     float16, int8, uint8 and int32
    /// @throws IOException when it cannot be read
    public static Safetensors read(Path file) throws IOException {
        Objects.requireNonNull(file, "file");
        if (Files.isDirectory(file)) {
            throw new BadFileException(file, "is a directory; give the name of a file");
        }
        try (var channel = FileChannel.open(file)) {
            return read(channel);
        } catch (NoSuchFileException e) {
            throw named(new NoSuchFileException(file.toString(), null, "there is no such file"), e);
        } catch (AccessDeniedException e) {
            throw named(new AccessDeniedException(file.toString(), null, "may not be read; check its permissions"), e);
        } catch (BadValueException e) {
            throw new BadFileException(file, e);
        }
    }

    /// The content of `file`, a whole file in memory; its values are not copied.
    ///
    /// @throws IllegalArgumentException where [#read] throws a [BadFileException]
    public static Safetensors of(MemorySegment file) {
        long headerBytes = headerBytes(file.byteSize(), file.byteSize() < Long.BYTES ? 0 : file.get(LENGTH, 0));
        var json = utf8(file.asSlice(Long.BYTES, headerBytes).asByteBuffer());
        var data = file.asSlice(Long.BYTES + headerBytes);
        var header = SafetensorsHeader.parse(json, data.byteSize());
        return new Safetensors(header.metadata(), slices(header, data));
    }

    /// Writes a file atomically, with all floats as `type` and integers as they are: a failure leaves the old file
    /// untouched. The same content gives the same bytes.
    ///
    /// @throws IllegalArgumentException when a finite value is too large for float16, or the header exceeds its
    /// limit
    /// @throws IOException when the file cannot be written
    public void write(Path file, ElementType type) throws IOException {
        var header = SafetensorsHeader.bytes(metadata, tensors, type);
        AtomicFile.write(file, channel -> {
            var out = new TensorWriter(channel, type);
            out.write(header);
            for (var tensor : tensors.entrySet()) {
                out.write(tensor.getKey(), tensor.getValue());
            }
        });
    }

    private static Safetensors read(FileChannel channel) throws IOException {
        long fileBytes = channel.size();
        long headerBytes = headerBytes(
                fileBytes,
                fileBytes < Long.BYTES ? 0 : readFully(channel, Long.BYTES).getLong());
        var json = utf8(readFully(channel, (int) headerBytes));
        long dataBegin = Long.BYTES + headerBytes;
        var header = SafetensorsHeader.parse(json, fileBytes - dataBegin);
        var data = channel.map(MapMode.READ_ONLY, dataBegin, fileBytes - dataBegin, Arena.ofAuto());
        return new Safetensors(header.metadata(), slices(header, data));
    }

    /// Checks the header's length, which the file claims to be `length`.
    private static long headerBytes(long fileBytes, long length) {
        if (fileBytes == 0) {
            throw new BadValueException("is empty; get it again");
        }
        if (fileBytes < Long.BYTES) {
            throw new BadValueException("has only " + fileBytes + " bytes, too few for a safetensors file");
        }
        if (length < 0 || length > SafetensorsHeader.MAX_BYTES) {
            throw new BadValueException("claims a header of " + Long.toUnsignedString(length)
                    + " bytes, over the limit of " + SafetensorsHeader.MAX_BYTES
                    + ", so it is not a safetensors file, or damaged; check its format");
        }
        if (Long.BYTES + length > fileBytes) {
            throw new BadValueException("claims a header of " + length + " bytes, but has only "
                    + (fileBytes - Long.BYTES) + " after its length; it was cut off, get it again");
        }
        return length;
    }

    private static SequencedMap<String, Tensor> slices(SafetensorsHeader header, MemorySegment data) {
        var tensors = new LinkedHashMap<String, Tensor>();
        for (var entry : header.entries()) {
            var bytes = data.asSlice(entry.begin(), entry.end() - entry.begin());
            tensors.put(
                    entry.name(),
                    entry.type().isInteger()
                            ? Tensor.of(bytes, entry.type(), entry.dims(), Quantization.of(1, 0))
                            : Tensor.of(bytes, entry.type(), entry.dims()));
        }
        return tensors;
    }

    private static ByteBuffer readFully(FileChannel channel, int length) throws IOException {
        var buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new BadValueException("was truncated while it was read; try again");
            }
        }
        return buffer.flip();
    }

    static String utf8(ByteBuffer bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new BadValueException(
                    "has a header that is not UTF-8, so it is not a safetensors file, or damaged", e);
        }
    }

    private static <E extends IOException> E named(E better, IOException cause) {
        better.initCause(cause);
        return better;
    }
}
