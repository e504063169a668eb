package org.mobilenet4j.machine.x64;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.machine.x64.instruction.Encoding;
import org.mobilenet4j.machine.x64.instruction.Width;

/// Operands in Intel's syntax.
final class OperandText {
    private static final String[] HALVES = {"eax", "ecx", "edx", "ebx", "esp", "ebp", "esi", "edi"};
    private static final String[] WORDS = {"ax", "cx", "dx", "bx", "sp", "bp", "si", "di"};
    private static final String[] BYTES = {"al", "cl", "dl", "bl", "spl", "bpl", "sil", "dil"};

    private OperandText() {}

    static String of(Gpr register, int bytes) {
        int number = register.number();
        return switch (bytes) {
            case 8 -> register.name().toLowerCase(Locale.ROOT);
            case 4 -> number < 8 ? HALVES[number] : "r" + number + "d";
            case 2 -> number < 8 ? WORDS[number] : "r" + number + "w";
            default -> number < 8 ? BYTES[number] : "r" + number + "b";
        };
    }

    static String of(Mask mask) {
        return mask.name().toLowerCase(Locale.ROOT);
    }

    static String of(Vector vector) {
        return vector.width().name().toLowerCase(Locale.ROOT) + vector.number() + maskOf(vector);
    }

    static String maskOf(Vector vector) {
        return (vector.mask() == Mask.K0 ? "" : "{" + of(vector.mask()) + "}") + (vector.isZeroing() ? "{z}" : "");
    }

    /// The operand that may be memory, beside vectors of `width`.
    static String of(Encoding row, Width width, Operand operand) {
        return switch (operand) {
            case Vector vector -> of(vector);
            case Mem mem -> {
                if (!mem.isBroadcast()) {
                    yield of(mem, row.tuple().bytes(width, row.isWide()));
                }
                int element = row.isWide() ? 8 : 4;
                int lanes = row.tuple().bytes(width, row.isWide()) / element;
                yield of(mem, element) + "{1to" + lanes + "}";
            }
        };
    }

    static String of(Mem mem, int bytes) {
        String size = switch (bytes) {
            case 0 -> "";
            case 1 -> "byte ptr ";
            case 2 -> "word ptr ";
            case 4 -> "dword ptr ";
            case 8 -> "qword ptr ";
            case 16 -> "xmmword ptr ";
            case 32 -> "ymmword ptr ";
            default -> "zmmword ptr ";
        };
        return size + "[" + name(mem.base())
                + (mem.index() == null ? "" : "+" + name(mem.index()) + "*" + mem.scale())
                + (mem.displacement() == 0
                        ? ""
                        : mem.displacement() > 0 ? "+" + mem.displacement() : mem.displacement())
                + "]";
    }

    private static String name(@Nullable Gpr register) {
        return register == null ? "" : of(register, 8);
    }
}
