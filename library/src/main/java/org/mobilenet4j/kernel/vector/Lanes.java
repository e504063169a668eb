package org.mobilenet4j.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.mobilenet4j.kernel.layout.Tuning;

/// The vector width of the process. Loaded only if the vector module is present.
final class Lanes {
    /// The shape of every vector: the processor's preferred one, or the one forced by [VectorKernels#PROPERTY].
    static final VectorSpecies<Float> SPECIES = choose();

    /// The same for integers.
    static final VectorSpecies<Integer> INTS = SPECIES.withLanes(int.class);

    /// Floats per vector.
    static final int COUNT = SPECIES.length();

    private Lanes() {}

    private static VectorSpecies<Float> choose() {
        String bits = System.getProperty(VectorKernels.PROPERTY, "");
        return switch (bits) {
            case "", "off" -> FloatVector.SPECIES_PREFERRED;
            case "128" -> FloatVector.SPECIES_128;
            case "256" -> FloatVector.SPECIES_256;
            case "512" -> FloatVector.SPECIES_512;
            default ->
                throw new IllegalArgumentException(
                        "-D" + VectorKernels.PROPERTY + "=" + bits + ": take off, 128, 256 or 512");
        };
    }

    /// Whether there are 32 registers, as with 512-bit vectors and on ARM, rather than 16.
    static boolean hasManyRegisters() {
        return COUNT == 16 || System.getProperty("os.arch", "").equals("aarch64");
    }

    /// Sums of a tile that stay in registers.
    static int mostSums() {
        return hasManyRegisters() ? Tuning.SUMS_IN_32_REGISTERS : Tuning.SUMS_IN_16_REGISTERS;
    }
}
