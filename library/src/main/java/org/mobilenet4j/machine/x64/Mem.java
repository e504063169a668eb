package org.mobilenet4j.machine.x64;

import org.jspecify.annotations.Nullable;

/// A place in memory: `base + index * scale + displacement`, or a label of the same code. There are no absolute
/// addresses, so that code runs wherever it lies.
///
/// @param scale       1, 2, 4 or 8
/// @param isBroadcast whether one element is read for all lanes
public record Mem(
        @Nullable Gpr base,
        @Nullable Gpr index,
        int scale,
        int displacement,
        @Nullable Label label,
        boolean isBroadcast)
        implements Operand {

    public Mem {
        if ((base == null) == (label == null)) {
            throw new IllegalArgumentException("memory has either a base register or a label");
        }
        if (index == Gpr.RSP || (index != null && label != null)) {
            throw new IllegalArgumentException("no index may be RSP, and a label has none");
        }
        if (scale != 1 && scale != 2 && scale != 4 && scale != 8) {
            throw new IllegalArgumentException("a scale is 1, 2, 4 or 8, not " + scale);
        }
    }

    /// What the register points at.
    public static Mem at(Gpr base) {
        return at(base, 0);
    }

    /// `displacement` bytes behind it.
    public static Mem at(Gpr base, int displacement) {
        return new Mem(base, null, 1, displacement, null, false);
    }

    /// `base + index * scale + displacement`, in bytes.
    public static Mem at(Gpr base, Gpr index, int scale, int displacement) {
        return new Mem(base, index, scale, displacement, null, false);
    }

    /// What lies at the label.
    public static Mem at(Label label) {
        return new Mem(null, null, 1, 0, label, false);
    }

    /// That many bytes further on.
    public Mem plus(int bytes) {
        return new Mem(base, index, scale, Math.addExact(displacement, bytes), label, isBroadcast);
    }

    /// One element there, for all lanes.
    public Mem broadcast() {
        return new Mem(base, index, scale, displacement, label, true);
    }
}
