package org.mobilenet4j.machine.a64;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mobilenet4j.machine.code.Code;

/// Instructions as they are written, 32 bits each, with labels and entries.
public abstract sealed class WordBuffer permits IntegerAssembler {
    /// What entries are aligned to: a cache line.
    private static final int LINE = 64;

    private static final int NOP = 0xD503201F;

    /// A distance that is filled in at the end, in instructions: where, in which bits, and how many of them.
    private record Distance(Label label, int at, int shift, int bits) {}

    private int[] words = new int[1024];
    private int size;
    private final List<Distance> distances = new ArrayList<>();
    private final List<Code.Entry> entries = new ArrayList<>();

    /// Instructions so far.
    public final int size() {
        return size;
    }

    /// A label that is to be bound.
    public final Label label() {
        return new Label();
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
        entries.add(new Code.Entry(name, 4 * size, 0));
    }

    /// Fills up with instructions that do nothing, to a multiple of `bytes`.
    public final void align(int bytes) {
        while (4 * size % bytes != 0) {
            word(NOP);
        }
    }

    final void word(int instruction) {
        if (size == words.length) {
            words = Arrays.copyOf(words, 2 * size);
        }
        words[size++] = instruction;
    }

    /// An instruction with a distance to a label.
    final void word(int instruction, Label label, int shift, int bits) {
        distances.add(new Distance(label, size, shift, bits));
        word(instruction);
    }

    /// All of it, with labels resolved. Nothing may be written afterwards.
    ///
    /// @throws IllegalStateException if a label was never bound, or is too far away
    public final Code finish() {
        for (Distance distance : distances) {
            resolve(distance);
        }
        var bytes = new byte[4 * size];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (words[i / 4] >> (8 * (i % 4)));
        }
        return new Code(bytes, lengths());
    }

    private void resolve(Distance distance) {
        int value = distance.label.position() - distance.at;
        int unused = 32 - distance.bits;
        if (value << unused >> unused != value) {
            throw new IllegalStateException("a label is " + value + " instructions away");
        }
        words[distance.at] |= value << unused >>> unused << distance.shift;
    }

    private List<Code.Entry> lengths() {
        var result = new ArrayList<Code.Entry>();
        for (int i = 0; i < entries.size(); i++) {
            Code.Entry entry = entries.get(i);
            int next = i + 1 < entries.size() ? entries.get(i + 1).offset() : 4 * size;
            result.add(new Code.Entry(entry.name(), entry.offset(), next - entry.offset()));
        }
        return List.copyOf(result);
    }
}
