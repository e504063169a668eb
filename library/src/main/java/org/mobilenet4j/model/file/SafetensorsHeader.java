package org.mobilenet4j.model.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Tensor;

/// The JSON header of a safetensors file: metadata, and where each tensor lies in the data after it.
///
/// @param metadata the strings of `__metadata__`
/// @param entries the tensors, in the order of the header
record SafetensorsHeader(SequencedMap<String, String> metadata, List<Entry> entries) {
    /// The largest header that is read or written; usual ones are a thousand times smaller.
    static final int MAX_BYTES = 1 << 24;

    /// The data starts at a multiple of this many bytes: a cache line, and the widest vector.
    private static final int ALIGNMENT = 64;

    static final String METADATA = "__metadata__";
    private static final int MAX_DIMS = 8;

    /// The type of PyTorch's `num_batches_tracked` tensors. No network here uses them: they are checked like all
    /// others, and skipped.
    private static final String COUNTERS = "I64";

    private static final int COUNTER_BYTES = 8;

    /// A tensor's place: bytes `begin` (inclusive) to `end` (exclusive) of the data.
    record Entry(String name, ElementType type, List<Integer> dims, long begin, long end) {}

    /// The part of the data that a tensor occupies, whatever its type.
    record Place(String name, long begin, long end) {}

    /// Reads a header and checks that its tensors cover the data without overlap, gap or rest.
    ///
    /// @param dataBytes number of bytes that follow the header
    /// @throws IllegalArgumentException saying what is wrong and with which tensor
    static SafetensorsHeader parse(String json, long dataBytes) {
        if (!json.startsWith("{")) {
            throw new BadValueException(
                    "its header is not JSON, so it is not a safetensors file; check its format and name");
        }
        var metadata = new LinkedHashMap<String, String>();
        var entries = new ArrayList<Entry>();
        var places = new ArrayList<Place>();
        ((Map<?, ?>) Json.parse(json, "its header")).forEach((name, value) -> {
            if (name.equals(METADATA)) {
                readMetadata(value, metadata);
            } else {
                readEntry((String) name, value, dataBytes, entries, places);
            }
        });
        checkCover(places, dataBytes);
        return new SafetensorsHeader(metadata, entries);
    }

    static void readMetadata(Object value, Map<String, String> metadata) {
        if (!(value instanceof Map<?, ?> fields)) {
            throw new BadValueException("its " + METADATA + " must be a JSON object");
        }
        fields.forEach((key, text) -> {
            if (!(text instanceof String string)) {
                throw new BadValueException("its metadata \"" + key + "\" must be a string, as safetensors requires");
            }
            metadata.put((String) key, string);
        });
    }

    private static void readEntry(String name, Object value, long dataBytes, List<Entry> entries, List<Place> places) {
        var where = "the tensor " + name;
        var fields = new JsonObject(value, where);
        var dtype = fields.text("dtype");
        int valueBytes =
                dtype.equals(COUNTERS) ? COUNTER_BYTES : type(where, dtype).bytes();
        var dims = dims(where, fields.list("shape"));
        var offsets = fields.list("data_offsets");
        fields.finish();
        if (offsets.size() != 2
                || !(offsets.get(0) instanceof Long begin)
                || !(offsets.get(1) instanceof Long end)
                || begin < 0
                || end < begin) {
            throw new BadValueException(where + " must have data_offsets [begin, end], not " + offsets);
        }
        if (end > dataBytes) {
            throw new BadValueException(where + " ends at byte " + end + " of the data, but the file has only "
                    + dataBytes + "; it was cut off, get it again");
        }
        long needed = (long) Tensor.elements(dims) * valueBytes;
        if (end - begin != needed) {
            throw new BadValueException(where + " of " + Tensor.text(dims) + " " + dtype + " needs " + needed
                    + " bytes, but has " + (end - begin));
        }
        places.add(new Place(name, begin, end));
        if (!dtype.equals(COUNTERS)) {
            entries.add(new Entry(name, type(where, dtype), dims, begin, end));
        }
    }

    static ElementType type(String where, String dtype) {
        for (var type : ElementType.values()) {
            if (dtype(type).equals(dtype)) {
                return type;
            }
        }
        throw new BadValueException(
                where + " has the dtype " + dtype + "; only F32, F16, I8, U8 and I32 are supported, convert it first");
    }

    static List<Integer> dims(String where, List<?> shape) {
        if (shape.size() > MAX_DIMS) {
            throw new BadValueException(where + " has " + shape.size() + " dimensions; the limit is " + MAX_DIMS);
        }
        var dims = new ArrayList<Integer>();
        for (var dim : shape) {
            if (!(dim instanceof Long size) || size < 1 || size > Integer.MAX_VALUE) {
                throw new BadValueException(where + " has a dimension that is not a positive integer of at" + " most "
                        + Integer.MAX_VALUE + " in its shape " + shape);
            }
            dims.add(size.intValue());
        }
        try {
            Tensor.elements(dims);
        } catch (BadValueException e) {
            throw new BadValueException(where + ": " + e.getMessage(), e);
        }
        return dims;
    }

    static void checkCover(List<Place> places, long dataBytes) {
        long covered = 0;
        var before = "";
        for (var place :
                places.stream().sorted(Comparator.comparingLong(Place::begin)).toList()) {
            if (place.begin() < covered) {
                throw new BadValueException("the tensors " + before + " and " + place.name() + " overlap");
            }
            checkNoHole(covered, place.begin());
            covered = place.end();
            before = place.name();
        }
        checkNoHole(covered, dataBytes);
    }

    private static void checkNoHole(long covered, long next) {
        if (next > covered) {
            throw new BadValueException("bytes " + covered + " to " + next
                    + " of its data belong to no tensor; it is damaged or not a safetensors file");
        }
    }

    /// The type of `tensor` in a file whose floats have the type `floats`: integers keep theirs.
    static ElementType stored(Tensor tensor, ElementType floats) {
        return tensor.type().isInteger() ? tensor.type() : floats;
    }

    /// The header of consecutive `tensors`, with floats as `type`: its length, then JSON, padded with spaces so
    /// that the data is aligned.
    ///
    /// @throws IllegalArgumentException when it is larger than the limit
    static byte[] bytes(Map<String, String> metadata, Map<String, Tensor> tensors, ElementType type) {
        var header = new LinkedHashMap<String, Object>();
        header.put(METADATA, metadata);
        long offset = 0;
        for (var tensor : tensors.entrySet()) {
            var stored = stored(tensor.getValue(), type);
            long end = offset + (long) tensor.getValue().size() * stored.bytes();
            var fields = new LinkedHashMap<String, Object>();
            fields.put("dtype", dtype(stored));
            fields.put("shape", tensor.getValue().dims());
            fields.put("data_offsets", List.of(offset, end));
            header.put(tensor.getKey(), fields);
            offset = end;
        }
        var json = utf8(Json.text(header));
        int length = Math.ceilDiv(Long.BYTES + json.remaining(), ALIGNMENT) * ALIGNMENT - Long.BYTES;
        if (length > MAX_BYTES) {
            throw new BadValueException("the names, labels and notes take " + length + " bytes, more than the limit of "
                    + MAX_BYTES + "; shorten them");
        }
        var all = new byte[Long.BYTES + length];
        Arrays.fill(all, (byte) ' ');
        ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN).putLong(length).put(json);
        return all;
    }

    static ByteBuffer utf8(String json) {
        try {
            return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(json));
        } catch (CharacterCodingException e) {
            throw new BadValueException("a name, label or note holds half a character (a lone surrogate)", e);
        }
    }

    static String dtype(ElementType type) {
        return switch (type) {
            case FLOAT32 -> "F32";
            case FLOAT16 -> "F16";
            case INT8 -> "I8";
            case UINT8 -> "U8";
            case INT32 -> "I32";
        };
    }
}
