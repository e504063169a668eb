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

/// The instructions that kernels are written in, from the best of a family downwards; each has all of
/// those of its family below it.
public enum Isa {
    /// AVX-512 and dot products of bytes.
    AVX512_VNNI("avx512vnni", Width.ZMM, 32),
    /// AVX-512: 32 registers of 512 bits.
    AVX512("avx512", Width.ZMM, 32),
    /// AVX2 with multiply-adds: 16 registers of 256 bits.
    AVX2("avx2", Width.YMM, 16),
    /// AArch64 with dot products of bytes.
    NEON_DOT("neondot", Width.XMM, 32),
    /// AArch64: 32 registers of 128 bits.
    NEON("neon", Width.XMM, 32);

    /// What forces one, which the processor must have.
    public static final String PROPERTY = "mobilenet4j.isa";

    private static final String NAMES = "avx512vnni, avx512, avx2, neondot or neon";

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

    /// Its widest vectors, as x86-64 calls them.
    public Width width() {
        return width;
    }

    /// Whether it is of AArch64, and not of x86-64.
    public boolean isArm() {
        return this == NEON_DOT || this == NEON;
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
    /// @return nothing if the processor has not even AVX2, or NEON
    /// @throws BadValueException if the processor has these, but not what is asked for
    static Optional<Isa> choose(Processor processor, Optional<Isa> asked) {
        Optional<Isa> best = best(processor);
        if (best.isEmpty()) {
            return best;
        }
        if (asked.isPresent() && !asked.get().isOf(processor)) {
            throw new BadValueException(
                    "-D" + PROPERTY + "=" + asked.get().text + ": this processor does not have that");
        }
        return asked.isPresent() ? asked : best;
    }

    private static Optional<Isa> best(Processor processor) {
        for (Isa isa : values()) {
            if (isa.isOf(processor)) {
                return Optional.of(isa);
            }
        }
        return Optional.empty();
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
            case NEON_DOT -> Set.of(Feature.ASIMD, Feature.ASIMDDP);
            case NEON -> Set.of(Feature.ASIMD);
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
