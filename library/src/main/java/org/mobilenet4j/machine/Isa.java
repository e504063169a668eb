package org.mobilenet4j.machine;

import static org.mobilenet4j.machine.Feature.AVX512BW;
import static org.mobilenet4j.machine.Feature.AVX512DQ;
import static org.mobilenet4j.machine.Feature.AVX512F;
import static org.mobilenet4j.machine.Feature.AVX512VL;
import static org.mobilenet4j.machine.Feature.BMI1;
import static org.mobilenet4j.machine.Feature.FMA;

import java.util.Optional;
import java.util.Set;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.machine.x64.instruction.Width;

/// The instructions that kernels are written in, from the best downwards; each has all of those below it.
public enum Isa {
    /// AVX-512 and dot products of bytes.
    AVX512_VNNI("avx512vnni", Width.ZMM, 32),
    /// AVX-512: 32 registers of 512 bits.
    AVX512("avx512", Width.ZMM, 32),
    /// AVX2 with multiply-adds: 16 registers of 256 bits.
    AVX2("avx2", Width.YMM, 16);

    /// What forces one, which the processor must have.
    public static final String PROPERTY = "mobilenet4j.isa";

    private static final String NAMES = "avx512vnni, avx512 or avx2";

    private final String text;
    private final Width width;
    private final int registers;

    Isa(String text, Width width, int registers) {
        this.text = text;
        this.width = width;
        this.registers = registers;
    }

    /// Its name in the property and in reports.
    public String text() {
        return text;
    }

    /// Its widest vectors.
    public Width width() {
        return width;
    }

    /// The bits of its widest vectors.
    public int vectorBits() {
        return Byte.SIZE * width.bytes();
    }

    /// How many vector registers it has.
    public int registers() {
        return registers;
    }

    /// The best that the processor has, or the one that is asked for.
    ///
    /// @return nothing if the processor has not even AVX2
    /// @throws BadValueException if the processor has AVX2, but not what is asked for
    static Optional<Isa> choose(Processor processor, Optional<Isa> asked) {
        if (!AVX2.isOf(processor)) {
            return Optional.empty();
        }
        if (asked.isPresent() && !asked.get().isOf(processor)) {
            throw new BadValueException(
                    "-D" + PROPERTY + "=" + asked.get().text + ": this processor does not have that");
        }
        Isa best = AVX512_VNNI.isOf(processor) ? AVX512_VNNI : AVX512.isOf(processor) ? AVX512 : AVX2;
        return Optional.of(asked.orElse(best));
    }

    private boolean isOf(Processor processor) {
        return processor.features().containsAll(features());
    }

    private Set<Feature> features() {
        return switch (this) {
            case AVX512_VNNI ->
                Set.of(Feature.AVX2, FMA, BMI1, AVX512F, AVX512BW, AVX512DQ, AVX512VL, Feature.AVX512_VNNI);
            case AVX512 -> Set.of(Feature.AVX2, FMA, BMI1, AVX512F, AVX512BW, AVX512DQ, AVX512VL);
            case AVX2 -> Set.of(Feature.AVX2, FMA, BMI1);
        };
    }

    /// The one that the property names.
    ///
    /// @throws BadValueException if there is none of that name
    static Isa named(String asked) {
        for (Isa isa : values()) {
            if (isa.text.equals(asked)) {
                return isa;
            }
        }
        throw new BadValueException("-D" + PROPERTY + "=" + asked + ": take " + NAMES);
    }
}
