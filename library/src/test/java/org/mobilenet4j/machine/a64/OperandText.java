package org.mobilenet4j.machine.a64;

import java.util.Locale;
import org.mobilenet4j.machine.a64.instruction.Arrangement;
import org.mobilenet4j.machine.a64.instruction.Size;

/// Operands as Arm writes them.
final class OperandText {
    private OperandText() {}

    static String of(Register register) {
        return register == Register.ZR ? "xzr" : register.name().toLowerCase(Locale.ROOT);
    }

    static String half(Register register) {
        return register == Register.ZR ? "wzr" : "w" + register.number();
    }

    static String of(Vector vector) {
        return "v" + vector.number() + "." + of(vector.arrangement());
    }

    static String of(Arrangement lanes) {
        return lanes.lanes() + lanes.element().name().toLowerCase(Locale.ROOT);
    }

    static String of(Element lane) {
        return "v" + lane.number() + "." + of(lane.size()) + "[" + lane.index() + "]";
    }

    static String of(Size size) {
        return size.name().toLowerCase(Locale.ROOT);
    }

    /// A vector register by the bytes that are read or written: `q3`.
    static String of(int bytes, Vector register) {
        return "bhsdq".charAt(Integer.numberOfTrailingZeros(bytes)) + "" + register.number();
    }

    static String of(Address address) {
        String base = "[" + of(address.base());
        Register index = address.index();
        String distance = index != null ? ", " + of(index) : address.offset() == 0 ? "" : ", #" + address.offset();
        return switch (address.mode()) {
            case STAYS -> base + distance + "]";
            case MOVES_BEFORE -> base + ", #" + address.offset() + "]!";
            case MOVES_AFTER -> base + "]" + (index != null ? distance : ", #" + address.offset());
        };
    }
}
