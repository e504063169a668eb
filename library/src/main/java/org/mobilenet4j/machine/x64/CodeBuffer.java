package org.mobilenet4j.machine.x64;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.machine.code.Code;

/// Bytes of code as they are written, with labels, entries and a pool of constants at the end.
public abstract sealed class CodeBuffer permits IntegerAssembler {
    /// What constants and entries are aligned to: a cache line, and the widest vector.
    private static final int LINE = 64;

    /// A distance that is filled in at the end: where it stands, and where the instruction ends, from which it
    /// counts.
    private record Distance(Label label, int at, int end, int extra) {}

    private static final class LargerFirst implements Comparator<Map.Entry<ByteBuffer, Label>> {
        @Override
        public int compare(Map.Entry<ByteBuffer, Label> a, Map.Entry<ByteBuffer, Label> b) {
            return Integer.compare(b.getKey().capacity(), a.getKey().capacity());
        }
    }

    private byte[] code = new byte[4096];
    private int size;
    private final List<Distance> distances = new ArrayList<>();
    private final Map<ByteBuffer, Label> constants = new LinkedHashMap<>();
    private final List<Code.Entry> entries = new ArrayList<>();

    /// Bytes so far.
    public final int size() {
        return size;
    }

    /// A label that is to be bound.
    public final Label label() {
        return new Label(false);
    }

    /// A label to which jumps take two bytes; it must be bound within 127 bytes of them.
    public final Label nearLabel() {
        return new Label(true);
    }

    /// Puts the label here.
    public final void bind(Label label) {
        label.bind(size);
    }

    /// A label that is here.
    public final Label here() {
        Label label = label();
        bind(label);
        return label;
    }

    /// Begins a routine on a new cache line.
    public final void entry(String name) {
        align(LINE);
        entries.add(new Code.Entry(name, size, 0));
    }

    /// Fills up with instructions that do nothing, to a multiple of `bytes`.
    public final void align(int bytes) {
        Nops.write(this, (bytes - size % bytes) % bytes);
    }

    /// The place of these floats in the pool, alike ones once. Vectors want as many as they have lanes; a broadcast
    /// one.
    public final Mem constant(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return constant(bytes);
    }

    /// The place of these integers in the pool.
    public final Mem constant(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(values);
        return constant(bytes);
    }

    /// The place of these bytes in the pool.
    public final Mem constant(byte... values) {
        return constant(ByteBuffer.wrap(values.clone()));
    }

    private Mem constant(ByteBuffer bytes) {
        Label label = constants.get(bytes);
        if (label == null) {
            label = label();
            constants.put(bytes, label);
        }
        return Mem.at(label);
    }

    /// All of it, with labels resolved and constants added. Nothing may be written afterwards.
    ///
    /// @throws IllegalStateException if a label was never bound, or a near one is far away
    public final Code finish() {
        int end = size;
        // The larger first, each aligned to its size: a constant never lies across two cache lines.
        var pool = new ArrayList<>(constants.entrySet());
        pool.sort(new LargerFirst());
        for (Map.Entry<ByteBuffer, Label> constant : pool) {
            int bytes = constant.getKey().capacity();
            int alignment = Math.min(LINE, Integer.highestOneBit(2 * bytes - 1));
            while (size % alignment != 0) {
                emit8(0xCC);
            }
            bind(constant.getValue());
            for (byte value : constant.getKey().array()) {
                emit8(value);
            }
        }
        for (Distance distance : distances) {
            resolve(distance);
        }
        return new Code(Arrays.copyOf(code, size), lengths(end));
    }

    private List<Code.Entry> lengths(int end) {
        var result = new ArrayList<Code.Entry>();
        for (int i = 0; i < entries.size(); i++) {
            Code.Entry entry = entries.get(i);
            int next = i + 1 < entries.size() ? entries.get(i + 1).offset() : end;
            result.add(new Code.Entry(entry.name(), entry.offset(), next - entry.offset()));
        }
        return List.copyOf(result);
    }

    private void resolve(Distance distance) {
        int value = distance.label.position() + distance.extra - distance.end;
        if (distance.end - distance.at == 1 && distance.label.isNear()) {
            if (value != (byte) value) {
                throw new IllegalStateException("a near label is " + value + " bytes away");
            }
            code[distance.at] = (byte) value;
        } else {
            put32(distance.at, value);
        }
    }

    final void emit8(int value) {
        if (size == code.length) {
            code = Arrays.copyOf(code, 2 * size);
        }
        code[size++] = (byte) value;
    }

    final void emit32(int value) {
        for (int shift = 0; shift < 32; shift += 8) {
            emit8(value >> shift);
        }
    }

    final void emit64(long value) {
        emit32((int) value);
        emit32((int) (value >> 32));
    }

    private void put32(int at, int value) {
        for (int i = 0; i < 4; i++) {
            code[at + i] = (byte) (value >> (8 * i));
        }
    }

    /// A distance of one byte to a near label.
    final void emitNear(Label label) {
        distances.add(new Distance(label, size, size + 1, 0));
        emit8(0);
    }

    /// A distance of four bytes, behind which `trailing` bytes of the instruction follow.
    final void emitFar(Label label, int extra, int trailing) {
        distances.add(new Distance(label, size, size + 4 + trailing, extra));
        emit32(0);
    }

    /// ModRM and what belongs to it, for a place in memory. A displacement of one byte counts in units of `unit`
    /// bytes.
    final void emitMemory(int register, Mem mem, int unit, int trailing) {
        int field = (register & 7) << 3;
        Label label = mem.label();
        if (label != null) {
            emit8(field | 5);
            emitFar(label, mem.displacement(), trailing);
            return;
        }
        Gpr base = Objects.requireNonNull(mem.base());
        int low = base.number() & 7;
        int displacement = mem.displacement();
        int small = displacement / unit;
        boolean isSmall = displacement % unit == 0 && small == (byte) small;
        // Without a displacement, the number of RBP and R13 means something else.
        int mode = displacement == 0 && low != 5 ? 0 : isSmall ? 1 : 2;
        Gpr index = mem.index();
        // The number of RSP and R12 stands for base and index.
        if (index == null && low != 4) {
            emit8(mode << 6 | field | low);
        } else {
            emit8(mode << 6 | field | 4);
            emit8(scaleBits(mem.scale()) << 6 | indexBits(index) << 3 | low);
        }
        if (mode == 1) {
            emit8(small);
        } else if (mode == 2) {
            emit32(displacement);
        }
    }

    private static int indexBits(@Nullable Gpr index) {
        return index == null ? 4 : index.number() & 7;
    }

    private static int scaleBits(int scale) {
        return Integer.numberOfTrailingZeros(scale);
    }

    /// Bit 3 of a register's number, which stands in a prefix.
    static int high(@Nullable Gpr register) {
        return register == null ? 0 : register.number() >> 3;
    }
}
