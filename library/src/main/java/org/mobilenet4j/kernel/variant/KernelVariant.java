package org.mobilenet4j.kernel.variant;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.kernel.Kernels;
import org.mobilenet4j.kernel.scalar.ScalarKernels;
import org.mobilenet4j.kernel.vector.VectorKernels;

/// Selects which variant of each kernel runs: the only place where a provider of [Kernels] is chosen.
///
/// The system property `mobilenet4j.kernels` forces a variant: `scalar` or `vector`. If it is not set, the older
/// property `mobilenet4j.vector` is used: `off` selects plain loops; `128`, `256` or `512` sets the vector width
/// in bits.
public enum KernelVariant {
    /// Plain loops: the reference, used if the vector module is absent.
    SCALAR,
    /// The Vector API.
    VECTOR;

    static final String PROPERTY = "mobilenet4j.kernels";

    private static final String MODULE = "jdk.incubator.vector";

    /// The kernels of this variant, with their arguments checked.
    public Kernels kernels() {
        return new CheckedKernels(
                switch (this) {
                    case SCALAR -> new ScalarKernels();
                    case VECTOR -> new VectorKernels(new ScalarKernels());
                });
    }

    /// The variant that this process should use.
    ///
    /// @throws IllegalArgumentException if the system property does not name a variant
    public static KernelVariant preferred() {
        var wanted = wanted(System.getProperty(PROPERTY), System.getProperty(VectorKernels.PROPERTY));
        if (!wanted.isAvailable()) {
            Warning.once();
            return SCALAR;
        }
        return wanted;
    }

    /// The variant that the system properties ask for.
    static KernelVariant wanted(@Nullable String kernels, @Nullable String vector) {
        if (kernels == null || kernels.isEmpty()) {
            return "off".equals(vector) ? SCALAR : VECTOR;
        }
        return Arrays.stream(values())
                .filter(variant -> variant.spelling().equals(kernels))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("-D" + PROPERTY + "=" + kernels + ": take "
                        + Arrays.stream(values()).map(KernelVariant::spelling).collect(Collectors.joining(" or "))));
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
        };
    }

    /// Vector width of this process in bits; 0 for plain loops.
    public static int vectorBits() {
        return preferred() == VECTOR ? VectorKernels.bits() : 0;
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
