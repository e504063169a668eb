package org.mobilenet4j.machine.x64;

import static org.mobilenet4j.machine.x64.Gpr.R12;
import static org.mobilenet4j.machine.x64.Gpr.R13;
import static org.mobilenet4j.machine.x64.Gpr.R15;
import static org.mobilenet4j.machine.x64.Gpr.R8;
import static org.mobilenet4j.machine.x64.Gpr.R9;
import static org.mobilenet4j.machine.x64.Gpr.RAX;
import static org.mobilenet4j.machine.x64.Gpr.RBP;
import static org.mobilenet4j.machine.x64.Gpr.RDI;
import static org.mobilenet4j.machine.x64.Gpr.RSI;
import static org.mobilenet4j.machine.x64.Gpr.RSP;

import java.util.ArrayList;
import java.util.List;
import org.mobilenet4j.machine.x64.instruction.Encoding;
import org.mobilenet4j.machine.x64.instruction.Tuple;
import org.mobilenet4j.machine.x64.instruction.Width;

/// The operands that each row is tried with: registers at the ends of their files, masks, and places in memory of
/// every shape. Shapes take turns from row to row, so that all rows together meet all of them often.
final class OperandCases {
    /// A destination, a second vector, and a last one or memory, beside vectors of `width`.
    record Operands(Width width, Vector dst, Vector a, Operand last) {}

    private static final int[][] LOW = {{0, 7, 8}, {15, 8, 7}, {7, 0, 15}, {8, 15, 0}, {3, 2, 1}};
    private static final int[][] HIGH = {{31, 16, 8}, {16, 31, 23}, {8, 7, 31}, {7, 24, 0}, {15, 15, 16}, {24, 0, 15}};
    private static final Mask[] MASKS = {Mask.K1, Mask.K7, Mask.K3};

    private int turn;

    /// Memory with a displacement counted in units of `unit`: the last that fits a byte, the first that does not,
    /// and one between.
    static Mem memory(int turn, int unit) {
        return switch (turn % 18) {
            case 0 -> Mem.at(RAX);
            case 1 -> Mem.at(RBP);
            case 2 -> Mem.at(R13, R8, 4, 0);
            case 3 -> Mem.at(RSP);
            case 4 -> Mem.at(R12, 127 * unit);
            case 5 -> Mem.at(RDI, 128 * unit);
            case 6 -> Mem.at(R15, -128 * unit);
            case 7 -> Mem.at(RSI, -129 * unit);
            case 8 -> Mem.at(R8, RAX, 8, 64 * unit);
            case 9 -> Mem.at(RSP, R15, 1, 0x12345678);
            case 10 -> Mem.at(RBP, RBP, 2, 0);
            case 11 -> Mem.at(R12, R12, 1, -unit);
            case 12 -> Mem.at(RAX, 1);
            case 13 -> Mem.at(R9, 127);
            case 14 -> Mem.at(R13, 128);
            case 15 -> Mem.at(RSP, -128);
            case 16 -> Mem.at(R13);
            default -> Mem.at(R12, Integer.MIN_VALUE);
        };
    }

    /// What a row is tried with.
    ///
    /// @param hasRegisterForm whether a vector may stand in the place of memory
    /// @param hasMasks whether it has a destination, or lanes of a comparison, that masks choose
    List<Operands> of(Encoding row, boolean hasRegisterForm, boolean hasMasks, boolean hasZeroing, boolean hasMemory) {
        var result = new ArrayList<Operands>();
        for (Width width : Width.values()) {
            if (width.compareTo(row.least()) < 0 || width.compareTo(row.most()) > 0 || isScalarTooWide(row, width)) {
                continue;
            }
            if (hasRegisterForm) {
                result.add(registers(row, width, LOW));
                if (row.hasEvex()) {
                    result.add(registers(row, width, HIGH));
                }
            }
            if (hasMemory && !(row.isNarrowing() && width != Width.ZMM)) {
                addMemory(result, row, width);
            }
            if (row.hasEvex() && hasMasks) {
                addMasked(result, row, width, hasRegisterForm, hasZeroing);
            }
        }
        return result;
    }

    private static boolean isScalarTooWide(Encoding row, Width width) {
        return OperandCases.isScalar(row) && width != Width.XMM;
    }

    /// Whether the row has vectors of 128 bits only: those of single elements, but for broadcasts.
    static boolean isScalar(Encoding row) {
        boolean isBroadcast = row.map() == Encoding.M38
                && row.opcode() >= 0x18
                && row.opcode() <= 0x5B
                && row.prefix() == Encoding.P66;
        boolean isMultiplyAdd = row.opcode() > 0x5B;
        return row.tuple() == Tuple.SCALAR && (!isBroadcast || isMultiplyAdd);
    }

    private Operands registers(Encoding row, Width width, int[][] numbers) {
        int[] chosen = numbers[turn++ % numbers.length];
        return new Operands(
                width,
                Vector.of(chosen[0], row.isNarrowing() ? width.half() : width),
                Vector.of(chosen[1], width),
                Vector.of(chosen[2], row.tuple().register(width, row.isWide())));
    }

    private void addMemory(List<Operands> result, Encoding row, Width width) {
        int unit = row.tuple().bytes(width, row.isWide());
        for (int i = 0; i < 2; i++) {
            boolean isHigh = row.hasEvex() && i == 1;
            int[][] numbers = isHigh ? HIGH : LOW;
            int[] chosen = isHigh ? new int[] {17, 30} : numbers[turn % numbers.length];
            result.add(new Operands(
                    width,
                    Vector.of(chosen[0], row.isNarrowing() ? width.half() : width),
                    Vector.of(chosen[1], width),
                    memory(turn++, unit)));
        }
        if (row.tuple().canBroadcast() && row.hasEvex()) {
            result.add(new Operands(
                    width,
                    Vector.of(turn % 32, row.isNarrowing() ? width.half() : width),
                    Vector.of(31 - turn % 32, width),
                    memory(turn++, row.isWide() ? 8 : 4).broadcast()));
        }
    }

    private void addMasked(
            List<Operands> result, Encoding row, Width width, boolean hasRegisterForm, boolean hasZeroing) {
        int unit = row.tuple().bytes(width, row.isWide());
        Vector dst = Vector.of(turn % 32, row.isNarrowing() ? width.half() : width);
        Mask mask = MASKS[turn % MASKS.length];
        Vector masked = hasZeroing && turn % 2 == 0 ? dst.orZero(mask) : dst.only(mask);
        Operand last = hasRegisterForm
                ? Vector.of(31 - turn % 32, row.tuple().register(width, row.isWide()))
                : memory(turn, unit);
        result.add(new Operands(width, masked, Vector.of(turn * 7 % 32, width), last));
        turn++;
    }
}
