package org.mobilenet4j.train;

import java.util.Objects;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.kernel.Kernels;
import org.mobilenet4j.kernel.variant.KernelVariant;

/// The numbers whose products a training step adds up. Weights, sums, feature maps and all else are floats.
public enum Precision {
    /// Floats.
    FLOAT32("float32"),
    /// Factors rounded to bfloat16, of which 8 bits are significant: half the time where the processor multiplies
    /// such (AVX-512 BF16), longer elsewhere. Layers with fewer than 16 inputs or outputs, and depthwise ones, stay
    /// in floats.
    BFLOAT16("bf16");

    private final String text;

    Precision(String text) {
        this.text = text;
    }

    /// Its name in a recipe.
    @Override
    public String toString() {
        return text;
    }

    /// The one of that name.
    ///
    /// @throws BadValueException if there is none
    public static Precision parse(String text) {
        Objects.requireNonNull(text, "text");
        return switch (text) {
            case "float32", "fp32" -> FLOAT32;
            case "bf16", "bfloat16" -> BFLOAT16;
            default -> throw new BadValueException("a recipe's precision must be float32 or bf16, not " + text);
        };
    }

    Kernels kernels(KernelVariant variant) {
        return switch (this) {
            case FLOAT32 -> variant.trainingKernels();
            case BFLOAT16 -> variant.bfloat16Kernels();
        };
    }
}
