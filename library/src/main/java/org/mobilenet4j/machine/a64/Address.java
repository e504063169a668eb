package org.mobilenet4j.machine.a64;

import org.jspecify.annotations.Nullable;

/// A place in memory: a base register and bytes from there, or a register of bytes. Or the base, to which those bytes
/// are added before or after.
///
/// @param index null for a distance that is known
public record Address(Register base, int offset, @Nullable Register index, Mode mode) {
    /// When the base moves.
    public enum Mode {
        STAYS,
        MOVES_BEFORE,
        MOVES_AFTER
    }

    /// At the base.
    public static Address at(Register base) {
        return at(base, 0);
    }

    /// So many bytes from the base: a multiple of what is read, up to 4,095 times, or from -256 to 255.
    public static Address at(Register base, int offset) {
        return new Address(base, offset, null, Mode.STAYS);
    }

    /// A register of bytes from the base.
    public static Address at(Register base, Register index) {
        return new Address(base, 0, index, Mode.STAYS);
    }

    /// So many bytes from the base, -256 to 255, where the base moves to.
    public static Address before(Register base, int offset) {
        return new Address(base, offset, null, Mode.MOVES_BEFORE);
    }

    /// At the base, which moves so many bytes afterwards, -256 to 255.
    public static Address after(Register base, int offset) {
        return new Address(base, offset, null, Mode.MOVES_AFTER);
    }

    /// At the base, which moves a register of bytes afterwards.
    public static Address after(Register base, Register index) {
        return new Address(base, 0, index, Mode.MOVES_AFTER);
    }
}
