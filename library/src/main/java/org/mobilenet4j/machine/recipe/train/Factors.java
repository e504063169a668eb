package org.mobilenet4j.machine.recipe.train;

import org.mobilenet4j.machine.x64.instruction.Binary;

/// What lanes of 32 bits hold in a product, and the instruction that multiplies them and adds to sums in floats.
@SuppressWarnings("ImmutableEnumChecker") // a row of the assembler's table is immutable
public enum Factors {
    /// A float.
    FLOAT(Binary.VFMADD231PS),
    /// Two values in bfloat16. That in the upper half is multiplied and added first; the sum is rounded after each, to
    /// nearest, and what is below the least normal float counts as zero. [RoundingRecipe] makes such pairs.
    BFLOAT16_PAIR(Binary.VDPBF16PS);

    private final Binary multiplyAdd;

    Factors(Binary multiplyAdd) {
        this.multiplyAdd = multiplyAdd;
    }

    Binary multiplyAdd() {
        return multiplyAdd;
    }
}
