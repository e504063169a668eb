package org.mobilenet4j.model.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Tensor;

/// The JSON header of a packed file: that of safetensors, plus the coding of each tensor.
///
/// @param metadata the strings of `__metadata__`
/// @param entries the tensors, in the order of the header
record PackedHeader(SequencedMap<String, String> metadata, List<Entry> entries) {
    /// A tensor's place: bytes `begin` (inclusive) to `end` (exclusive) of the data.
    record Entry(
            String name,
            ElementType type,
            List<Integer> dims,
            PackedValues.Coding coding,
            int patterns,
            long begin,
            long end) {
        int size() {
            return Tensor.elements(dims);
        }
    }

    /// Memory that any packed file may take once unpacked, plus a limit for each of its bytes: a tenth of a bit
    /// for a four-byte value is less than any real network needs.
    private static final long MAX_SMALL = 8 << 20;

    private static final long MAX_FOR_EACH = 200;

    /// Reads a header and checks that its tensors cover the data without overlap, gap or rest, and do not unpack
    /// to more than the limit.
    ///
    /// @param dataBytes number of bytes that follow the header
    /// @throws IllegalArgumentException saying what is wrong and with which tensor
    static PackedHeader parse(String json, long dataBytes) {
        if (!(Json.parse(json, "its header") instanceof java.util.Map<?, ?> fields)) {
            throw new BadValueException("its header is not a JSON object");
        }
        var metadata = new LinkedHashMap<String, String>();
        var entries = new ArrayList<Entry>();
        fields.forEach((name, value) -> {
            if (name.equals(SafetensorsHeader.METADATA)) {
                SafetensorsHeader.readMetadata(value, metadata);
            } else {
                entries.add(entry((String) name, value, dataBytes));
            }
        });
        SafetensorsHeader.checkCover(
                entries.stream()
                        .map(entry -> new SafetensorsHeader.Place(entry.name(), entry.begin(), entry.end()))
                        .toList(),
                dataBytes);
        checkSize(entries, dataBytes);
        return new PackedHeader(metadata, entries);
    }

    private static Entry entry(String name, Object value, long dataBytes) {
        var where = "the tensor " + name;
        var fields = new JsonObject(value, where);
        var type = SafetensorsHeader.type(where, fields.text("dtype"));
        var dims = SafetensorsHeader.dims(where, fields.list("shape"));
        var coding = coding(where, fields.text("coding", "raw"));
        int patterns = fields.whole("patterns", 0);
        var offsets = fields.list("data_offsets");
        fields.finish();
        if (offsets.size() != 2
                || !(offsets.get(0) instanceof Long begin)
                || !(offsets.get(1) instanceof Long end)
                || begin < 0
                || end < begin
                || end > dataBytes) {
            throw new BadValueException(where + " must have data_offsets [begin, end] within the " + dataBytes
                    + " bytes of data, not " + offsets + "; the file may have been cut off, get it again");
        }
        long needed = (long) Tensor.elements(dims) * type.bytes();
        if (coding == PackedValues.Coding.RAW && end - begin != needed) {
            throw new BadValueException(
                    where + " of " + Tensor.text(dims) + " needs " + needed + " bytes, but has " + (end - begin));
        }
        return new Entry(name, type, dims, coding, patterns, begin, end);
    }

    private static PackedValues.Coding coding(String where, String text) {
        for (var coding : PackedValues.Coding.values()) {
            if (name(coding).equals(text)) {
                return coding;
            }
        }
        throw new BadValueException(
                where + " has the coding " + text + "; only raw, sparse and codebook are supported");
    }

    private static void checkSize(List<Entry> entries, long dataBytes) {
        long unpacked = 0;
        for (var entry : entries) {
            unpacked += (long) entry.size() * entry.type().bytes();
        }
        if (unpacked > MAX_SMALL + MAX_FOR_EACH * dataBytes) {
            throw new BadValueException("claims to unpack to " + unpacked + " bytes, over the limit of " + MAX_FOR_EACH
                    + " times its data plus " + MAX_SMALL + "; such a file is neither read nor written");
        }
    }

    /// The header as JSON.
    ///
    /// @throws IllegalArgumentException when the file would exceed the limits
    String json() {
        checkSize(entries, entries.stream().mapToLong(Entry::end).max().orElse(0));
        var header = new LinkedHashMap<String, Object>();
        header.put(SafetensorsHeader.METADATA, metadata);
        for (var entry : entries) {
            var fields = new LinkedHashMap<String, Object>();
            fields.put("dtype", SafetensorsHeader.dtype(entry.type()));
            fields.put("shape", entry.dims());
            if (entry.coding() != PackedValues.Coding.RAW) {
                fields.put("coding", name(entry.coding()));
                fields.put("patterns", entry.patterns());
            }
            fields.put("data_offsets", List.of(entry.begin(), entry.end()));
            header.put(entry.name(), fields);
        }
        return Json.text(header);
    }

    private static String name(PackedValues.Coding coding) {
        return coding.name().toLowerCase(Locale.ROOT);
    }
}
