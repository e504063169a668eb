package org.mobilenet4j.kernel.variant;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.kernel.Kernels;
import org.mobilenet4j.kernel.bfloat16.RoundedKernels;
import org.mobilenet4j.kernel.machine.IntegersInBytes;
import org.mobilenet4j.kernel.machine.MachineKernels;
import org.mobilenet4j.kernel.quantized.IntegerKernels;
import org.mobilenet4j.kernel.quantized.IntegersInFloats;
import org.mobilenet4j.kernel.scalar.ScalarKernels;
import org.mobilenet4j.kernel.vector.VectorKernels;
import org.mobilenet4j.machine.MachineSupport;

/// Selects which variant of each kernel runs: the only place where a provider of [Kernels] is chosen.
///
/// The system property `mobilenet4j.kernels` forces a variant: `machine`, `vector` or `scalar`. If it is not
/// set, the older property `mobilenet4j.vector` is used: `128`, `256` or `512` selects vectors of so many bits; `off`
/// leaves the Vector API out, so that what has no machine code runs in plain loops.
///
/// Machine code works in off-heap memory in inference, on arrays in training.
public enum KernelVariant {
    /// Plain loops: the reference, used if the vector module is absent.
    SCALAR,
    /// The Vector API.
    VECTOR,
    /// Machine code of our own.
    MACHINE;

    static final String PROPERTY = "mobilenet4j.kernels";

    private static final String MODULE = "jdk.incubator.vector";

    /// The kernels of this variant, with their arguments checked.
    public Kernels kernels() {
        return new CheckedKernels(
                switch (this) {
                    case SCALAR -> new ScalarKernels();
                    case VECTOR -> new VectorKernels(new ScalarKernels());
                    case MACHINE -> new MachineKernels(MachineSupport.target().orElseThrow(), new ScalarKernels());
                });
    }

    /// The kernels of this variant for quantized networks; see [#forIntegers].
    public IntegerKernels integerKernels() {
        return switch (this) {
            case SCALAR, VECTOR -> new IntegersInFloats(kernels());
            case MACHINE -> new IntegersInBytes(MachineSupport.target().orElseThrow());
        };
    }

    /// This variant, or the one that computes integers in its place: on AArch64 there is no machine code for those.
    public KernelVariant forIntegers() {
        return this == MACHINE && isArm() ? preferredForArrays() : this;
    }

    /// The kernels of this variant for training. What machine code lacks there, on AArch64 all of it, the Vector API
    /// does, as both work on arrays.
    public Kernels trainingKernels() {
        if (this == MACHINE && isArm()) {
            return preferredForArrays().kernels();
        }
        return this == MACHINE
                ? new CheckedKernels(new MachineKernels(MachineSupport.target().orElseThrow(), arrayProvider()))
                : kernels();
    }

    /// The kernels of this variant for training with matrix products in bfloat16: where [#hasBfloat16] says no, those
    /// for floats with rounded factors, which are slower than with any.
    public Kernels bfloat16Kernels() {
        if (hasBfloat16()) {
            return new CheckedKernels(
                    MachineKernels.ofBfloat16(MachineSupport.target().orElseThrow(), arrayProvider()));
        }
        NoBfloat16.once();
        return new CheckedKernels(new RoundedKernels(trainingKernels()));
    }

    /// Whether this variant multiplies bfloat16 by the processor's instructions for that.
    public boolean hasBfloat16() {
        return this == MACHINE
                && MachineSupport.target().filter(MachineKernels::hasBfloat16).isPresent();
    }

    private static boolean isArm() {
        return MachineSupport.target().orElseThrow().isa().isArm();
    }

    private static Kernels arrayProvider() {
        return VECTOR.isAvailable() ? new VectorKernels(new ScalarKernels()) : new ScalarKernels();
    }

    /// The variant that this process should use; waits until it is known whether machine code runs.
    ///
    /// @throws BadValueException if the system property does not name a variant
    public static KernelVariant preferred() {
        if (wanted() != MACHINE) {
            return preferredForArrays();
        }
        if (!MACHINE.isAvailable()) {
            NoMachineCode.once();
            return preferredForArrays();
        }
        return MACHINE;
    }

    /// Machine code if the process has it, whatever is preferred; else what is. Waits until that is known.
    public static KernelVariant machineOrNext() {
        return MACHINE.isAvailable() ? MACHINE : preferredForArrays();
    }

    /// What computes a first image soonest: machine code if it runs, else plain loops. Waits until that is known, which
    /// takes less time than plain loops do to become fast, even for small networks.
    public static KernelVariant soonest() {
        return wanted() == MACHINE && MACHINE.isAvailable() ? MACHINE : SCALAR;
    }

    /// What works on arrays and should be used in this process, whatever [#preferred] is.
    ///
    /// @throws BadValueException if the system property does not name a variant
    public static KernelVariant preferredForArrays() {
        var wanted = wanted();
        boolean isLeftOut = wanted != VECTOR && "off".equals(System.getProperty(VectorKernels.PROPERTY));
        if (wanted == SCALAR || isLeftOut) {
            return SCALAR;
        }
        if (!VECTOR.isAvailable()) {
            Warning.once();
            return SCALAR;
        }
        return VECTOR;
    }

    /// Begins to find out whether machine code runs, where it is wanted, beside whatever the caller does next.
    ///
    /// @throws BadValueException if a system property names no variant, or instructions that the processor lacks
    public static void begin() {
        if (wanted() == MACHINE) {
            MachineSupport.begin();
        }
    }

    private static KernelVariant wanted() {
        return wanted(System.getProperty(PROPERTY), System.getProperty(VectorKernels.PROPERTY));
    }

    /// The variant that the system properties ask for.
    static KernelVariant wanted(@Nullable String kernels, @Nullable String vector) {
        if (kernels == null || kernels.isEmpty()) {
            return vector == null || "off".equals(vector) ? MACHINE : VECTOR;
        }
        return Arrays.stream(values())
                .filter(variant -> variant.spelling().equals(kernels))
                .findFirst()
                .orElseThrow(() ->
                        new BadValueException("-D" + PROPERTY + "=" + kernels + ": take machine, vector or scalar"));
    }

    private String spelling() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The variants that can run in this process.
    public static List<KernelVariant> available() {
        return Arrays.stream(values()).filter(KernelVariant::isAvailable).toList();
    }

    private boolean isAvailable() {
        return switch (this) {
            case SCALAR -> true;
            case VECTOR -> ModuleLayer.boot().findModule(MODULE).isPresent();
            case MACHINE -> MachineSupport.target().isPresent();
        };
    }

    /// Vector width of the preferred kernels in bits; 0 for plain loops.
    public static int vectorBits() {
        return switch (preferred()) {
            case SCALAR -> 0;
            case VECTOR -> VectorKernels.bits();
            case MACHINE -> MachineSupport.target().orElseThrow().isa().vectorBits();
        };
    }

    /// One line: which instructions machine code is written in, or why there is none.
    public static String machineCode() {
        return wanted() == MACHINE ? MachineSupport.reason() : "no machine code: other kernels are asked for";
    }

    /// What it is, in a word or two.
    public String description() {
        return switch (this) {
            case SCALAR -> "plain loops";
            case VECTOR -> VectorKernels.bits() + "-bit vectors";
            case MACHINE -> MachineSupport.reason();
        };
    }

    /// Logged once per process.
    private static final class NoMachineCode {
        static {
            System.getLogger(KernelVariant.class.getName()).log(System.Logger.Level.INFO, MachineSupport.reason());
        }

        static void once() {}
    }

    /// Logged once per process.
    private static final class NoBfloat16 {
        static {
            System.getLogger(KernelVariant.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "products in bf16 take longer than in float32 here: the kernels in use multiply no bf16");
        }

        static void once() {}
    }

    /// Logged once per process.
    private static final class Warning {
        static {
            System.getLogger(KernelVariant.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "running without vectors, several times slower: start java with --add-modules " + MODULE);
        }

        static void once() {}
    }
}
