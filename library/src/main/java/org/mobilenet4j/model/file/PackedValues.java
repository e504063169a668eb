package org.mobilenet4j.model.file;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.mobilenet4j.error.BadValueException;

/// Lossless compression of a tensor's values: a list of patterns of one, two or four bytes, and a stream of decisions
/// of a [RangeEncoder].
///
/// For each value the stream tells whether it differs from the first pattern, the most frequent one; the context is the
/// same decision for the two values before. If it differs, a [Coding#CODEBOOK] continues with the index of its pattern,
/// bit by bit from the highest down a tree of contexts; with [Coding#SPARSE] the value is simply the next pattern.
final class PackedValues {
    /// With more distinct values a codebook does not pay.
    static final int MAX_CODEBOOK = 4096;

    private static final int BYTE = 8;
    private static final int FLAG_CONTEXTS = 4;

    /// How values are coded.
    enum Coding {
        /// Raw values.
        RAW,
        /// The most frequent value once, and the others one by one.
        SPARSE,
        /// Each distinct value once, and an index for each position.
        CODEBOOK
    }

    private PackedValues() {}

    /// The coded values of a tensor.
    ///
    /// @param coding how the values are coded
    /// @param patterns number of patterns before the stream; 0 for raw values
    /// @param bytes the patterns, then the stream
    record Packed(Coding coding, int patterns, ByteBuffer bytes) {}

    /// The shortest form of these values.
    ///
    /// @param values little-endian
    /// @param width bytes of a value: 1, 2 or 4
    static Packed shortest(byte[] values, int width) {
        var raw = new Packed(Coding.RAW, 0, ByteBuffer.wrap(values));
        var counts = counts(values, width);
        if (counts.size() > MAX_CODEBOOK) {
            return shorter(raw, sparse(values, width, 0));
        }
        int common = counts.entrySet().stream()
                .max(Map.Entry.<Integer, Integer>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .orElseThrow()
                .getKey();
        return shorter(shorter(raw, sparse(values, width, common)), codebook(values, width, common, counts));
    }

    private static Packed shorter(Packed one, Packed other) {
        return other.bytes.remaining() < one.bytes.remaining() ? other : one;
    }

    /// How often each pattern occurs; no further than to one too many for a codebook.
    private static Map<Integer, Integer> counts(byte[] values, int width) {
        var counts = new HashMap<Integer, Integer>();
        for (int at = 0; at < values.length && counts.size() <= MAX_CODEBOOK; at += width) {
            counts.merge(pattern(values, at, width), 1, Integer::sum);
        }
        return counts;
    }

    private static Packed sparse(byte[] values, int width, int common) {
        var patterns = new byte[values.length + width];
        put(patterns, 0, width, common);
        var flags = new BitModel(FLAG_CONTEXTS);
        var encoder = new RangeEncoder();
        int context = 0;
        int count = 1;
        for (int at = 0; at < values.length; at += width) {
            int value = pattern(values, at, width);
            encoder.encode(flags, context, value != common);
            context = next(context, value != common);
            if (value != common) {
                put(patterns, count++ * width, width, value);
            }
        }
        return packed(Coding.SPARSE, patterns, count, width, encoder);
    }

    private static Packed codebook(byte[] values, int width, int common, Map<Integer, Integer> counts) {
        int[] others = counts.keySet().stream()
                .filter(value -> value != common)
                .sorted()
                .mapToInt(Integer::intValue)
                .toArray();
        var patterns = new byte[(others.length + 1) * width];
        put(patterns, 0, width, common);
        var places = new HashMap<Integer, Integer>();
        for (int i = 0; i < others.length; i++) {
            put(patterns, (i + 1) * width, width, others[i]);
            places.put(others[i], i);
        }
        int depth = depth(others.length);
        var flags = new BitModel(FLAG_CONTEXTS);
        var tree = new BitModel(1 << depth);
        var encoder = new RangeEncoder();
        int context = 0;
        for (int at = 0; at < values.length; at += width) {
            var place = places.get(pattern(values, at, width));
            encoder.encode(flags, context, place != null);
            context = next(context, place != null);
            if (place != null) {
                int branch = 1;
                for (int bit = depth - 1; bit >= 0; bit--) {
                    int one = place >> bit & 1;
                    encoder.encode(tree, branch, one == 1);
                    branch = branch << 1 | one;
                }
            }
        }
        return packed(Coding.CODEBOOK, patterns, others.length + 1, width, encoder);
    }

    private static Packed packed(Coding coding, byte[] patterns, int count, int width, RangeEncoder encoder) {
        var stream = encoder.finish();
        var bytes = Arrays.copyOf(patterns, count * width + stream.length);
        System.arraycopy(stream, 0, bytes, count * width, stream.length);
        return new Packed(coding, count, ByteBuffer.wrap(bytes));
    }

    /// Decodes the values, little-endian.
    ///
    /// @param bytes the patterns, then the stream
    /// @param patterns number of patterns
    /// @param size number of values; memory for them is allocated
    /// @throws IllegalArgumentException saying what is wrong with the bytes
    static byte[] unpack(Coding coding, MemorySegment bytes, int patterns, int width, int size) {
        long head = (long) patterns * width;
        int most = coding == Coding.CODEBOOK ? MAX_CODEBOOK : size + 1;
        if (patterns < 1 || patterns > most || head > bytes.byteSize()) {
            throw new BadValueException("has " + bytes.byteSize() + " bytes and claims " + patterns + " patterns of "
                    + width + "; from 1 to " + most + " are possible");
        }
        var known = bytes.asSlice(0, head).toArray(ValueLayout.JAVA_BYTE);
        var decoder = new RangeDecoder(bytes.asSlice(head));
        var flags = new BitModel(FLAG_CONTEXTS);
        int depth = coding == Coding.CODEBOOK ? depth(patterns - 1) : 0;
        var tree = new BitModel(1 << depth);
        var values = new byte[size * width];
        int context = 0;
        int nextOther = 1;
        for (int at = 0; at < values.length; at += width) {
            boolean isOther = decoder.decode(flags, context);
            context = next(context, isOther);
            int place = 0;
            if (isOther) {
                place = coding == Coding.CODEBOOK ? 1 + branch(decoder, tree, depth) : nextOther++;
                if (place >= patterns) {
                    throw new BadValueException("names pattern " + place + ", but has only " + patterns + " from 0 on");
                }
            }
            System.arraycopy(known, place * width, values, at, width);
        }
        if (coding == Coding.SPARSE && nextOther != patterns) {
            throw new BadValueException("has " + patterns + " patterns, but uses " + nextOther);
        }
        decoder.finish();
        return values;
    }

    private static int branch(RangeDecoder decoder, BitModel tree, int depth) {
        int branch = 1;
        for (int bit = 0; bit < depth; bit++) {
            branch = branch << 1 | (decoder.decode(tree, branch) ? 1 : 0);
        }
        return branch - (1 << depth);
    }

    /// Bits that tell `count` patterns apart.
    private static int depth(int count) {
        return count < 2 ? 0 : Integer.SIZE - Integer.numberOfLeadingZeros(count - 1);
    }

    private static int next(int context, boolean isOther) {
        return (context << 1 | (isOther ? 1 : 0)) & (FLAG_CONTEXTS - 1);
    }

    private static int pattern(byte[] values, int at, int width) {
        int pattern = 0;
        for (int i = width - 1; i >= 0; i--) {
            pattern = pattern << BYTE | (values[at + i] & 0xff);
        }
        return pattern;
    }

    private static void put(byte[] target, int at, int width, int pattern) {
        for (int i = 0; i < width; i++) {
            target[at + i] = (byte) (pattern >> (i * BYTE));
        }
    }
}
