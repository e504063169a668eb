package org.mobilenet4j.machine.x64;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.mobilenet4j.machine.x64.OperandCases.Operands;
import org.mobilenet4j.machine.x64.instruction.Binary;
import org.mobilenet4j.machine.x64.instruction.BinaryImm;
import org.mobilenet4j.machine.x64.instruction.Compare;
import org.mobilenet4j.machine.x64.instruction.GprMove;
import org.mobilenet4j.machine.x64.instruction.Instruction;
import org.mobilenet4j.machine.x64.instruction.MaskMove;
import org.mobilenet4j.machine.x64.instruction.MaskOp;
import org.mobilenet4j.machine.x64.instruction.Shift;
import org.mobilenet4j.machine.x64.instruction.Store;
import org.mobilenet4j.machine.x64.instruction.StoreImm;
import org.mobilenet4j.machine.x64.instruction.Test;
import org.mobilenet4j.machine.x64.instruction.Unary;
import org.mobilenet4j.machine.x64.instruction.UnaryImm;
import org.mobilenet4j.machine.x64.instruction.Width;

/// Every row of the tables of vector and mask instructions, with operands of every kind.
final class VectorCases {
    private final List<InstructionCase> cases = new ArrayList<>();
    private final OperandCases operands = new OperandCases();

    static List<InstructionCase> all() {
        var all = new VectorCases();
        all.binary();
        all.unary();
        all.shifts();
        all.stores();
        all.masks();
        all.generalRegisters();
        all.others();
        return all.cases;
    }

    private void add(String text, Consumer<X64Assembler> instruction) {
        cases.add(InstructionCase.of(text, instruction));
    }

    /// Other assemblers exchange a register's operands where that saves a byte, unless told which form to take.
    private static String head(Instruction row, Operand last) {
        return (last instanceof Vector ? "{load} " : "") + row.mnemonic() + " ";
    }

    private static String last(Instruction row, Operands o) {
        return OperandText.of(row.encoding(), o.width(), o.last());
    }

    private static String three(Instruction row, Operands o) {
        return head(row, o.last()) + OperandText.of(o.dst()) + ", " + OperandText.of(o.a()) + ", " + last(row, o);
    }

    private static String two(Instruction row, Operands o) {
        return head(row, o.last()) + OperandText.of(o.dst()) + ", " + last(row, o);
    }

    private void binary() {
        for (Binary row : Binary.values()) {
            boolean isMaskMove = row == Binary.VMASKMOVPS;
            boolean hasMasks = row != Binary.VPSADBW;
            for (Operands o : operands.of(row.encoding(), !isMaskMove, hasMasks, true, true)) {
                add(three(row, o), a -> a.emit(row, o.dst(), o.a(), o.last()));
            }
        }
        for (BinaryImm row : BinaryImm.values()) {
            for (Operands o : operands.of(row.encoding(), true, true, true, true)) {
                int value = cases.size() & 15;
                add(three(row, o) + ", " + value, a -> a.emit(row, o.dst(), o.a(), o.last(), value));
            }
        }
        for (Compare row : Compare.values()) {
            for (Operands o : operands.of(row.encoding(), true, true, false, true)) {
                Mask dst = Mask.valueOf("K" + (cases.size() & 7));
                Vector first = o.a().only(o.dst().mask());
                add(
                        head(row, o.last()) + OperandText.of(dst) + OperandText.maskOf(first) + ", "
                                + OperandText.of(o.a()) + ", " + last(row, o) + ", 5",
                        a -> a.emit(row, dst, first, o.last(), 5));
            }
        }
        for (Test row : Test.values()) {
            for (Operands o : operands.of(row.encoding(), true, true, false, true)) {
                Mask dst = Mask.valueOf("K" + (cases.size() & 7));
                Vector first = o.a().only(o.dst().mask());
                add(
                        head(row, o.last()) + OperandText.of(dst) + OperandText.maskOf(first) + ", "
                                + OperandText.of(o.a()) + ", " + last(row, o),
                        a -> a.emit(row, dst, first, o.last()));
            }
        }
    }

    private void unary() {
        for (Unary row : Unary.values()) {
            boolean setsFlags = row == Unary.VUCOMISS || row == Unary.VPTEST;
            boolean hasMasks = !setsFlags && row != Unary.VMOVQ;
            for (Operands o : operands.of(row.encoding(), !row.isLoad(), hasMasks, true, true)) {
                if (!hasTwoEncodings(row, o, o.dst())) {
                    add(two(row, o), a -> a.emit(row, o.dst(), o.last()));
                }
            }
        }
        for (UnaryImm row : UnaryImm.values()) {
            for (Operands o : operands.of(row.encoding(), true, true, true, true)) {
                int value = cases.size() & 15;
                add(two(row, o) + ", " + value, a -> a.emit(row, o.dst(), o.last(), value));
            }
        }
    }

    /// `vmovq` of the higher registers and memory: binutils takes the form that is also for general registers.
    private static boolean hasTwoEncodings(Instruction row, Operands o, Vector register) {
        return row.mnemonic().equals("vmovq") && o.last() instanceof Mem && register.number() > 15;
    }

    private void shifts() {
        for (Shift row : Shift.values()) {
            for (Operands o : operands.of(row.encoding(), true, true, true, true)) {
                add(three(row, o), a -> a.emit(row, o.dst(), o.a(), o.last()));
            }
            for (Operands o : operands.of(
                    row.immediate(), true, true, true, row.immediate().hasEvex())) {
                int bits = cases.size() & 31;
                add(
                        head(row, o.last()) + OperandText.of(o.dst()) + ", "
                                + OperandText.of(row.immediate(), o.width(), o.last()) + ", " + bits,
                        a -> a.emit(row, o.dst(), o.last(), bits));
            }
        }
    }

    private void stores() {
        for (Store row : Store.values()) {
            boolean hasMasks = !row.name().startsWith("VMOVNT") && row != Store.VMOVQ_STORE;
            for (Operands o : operands.of(row.encoding(), !row.isMemoryOnly(), hasMasks, !row.isMemoryOnly(), true)) {
                if (!hasTwoEncodings(row, o, o.a())) {
                    store(row, o, "", (a, dst, src) -> a.emit(row, dst, src));
                }
            }
        }
        for (StoreImm row : StoreImm.values()) {
            for (Operands o : operands.of(row.encoding(), true, true, true, true)) {
                store(row, o, ", 1", (a, dst, src) -> a.emit(row, dst, src, 1));
            }
        }
    }

    private interface Storing {
        void write(X64Assembler assembler, Operand dst, Vector src);
    }

    private void store(Instruction row, Operands o, String end, Storing storing) {
        String mask = OperandText.maskOf(o.dst());
        String src = OperandText.of(o.a());
        switch (o.last()) {
            case Vector vector -> {
                Vector dst = new Vector(
                        vector.number(), vector.width(), o.dst().mask(), o.dst().isZeroing());
                // Where both are of one width, the register form is also a load, which is what assemblers mean by the
                // text.
                String text = "{store} " + row.mnemonic() + " " + OperandText.of(dst) + ", " + src + end;
                add(text, a -> storing.write(a, dst, o.a()));
            }
            case Mem mem -> {
                Vector masked = o.a().only(o.dst().mask());
                String text = row.mnemonic() + " " + OperandText.of(row.encoding(), o.width(), mem)
                        + (o.dst().isZeroing() ? "" : mask) + ", " + src + end;
                add(text, a -> storing.write(a, mem, masked));
            }
        }
    }

    private void masks() {
        for (MaskOp row : MaskOp.values()) {
            Mask[] k = Mask.values();
            for (int[] n : new int[][] {{0, 7, 3}, {7, 0, 1}, {2, 5, 6}}) {
                String text = row.mnemonic() + " " + OperandText.of(k[n[0]]) + ", " + OperandText.of(k[n[1]]);
                if (row.operands() == 3) {
                    add(text + ", " + OperandText.of(k[n[2]]), a -> a.emit(row, k[n[0]], k[n[1]], k[n[2]]));
                } else {
                    add(text, a -> a.emit(row, k[n[0]], k[n[1]]));
                }
            }
        }
        for (MaskMove row : MaskMove.values()) {
            int gpr = row == MaskMove.KMOVQ ? 8 : 4;
            int bytes = switch (row) {
                case KMOVB -> 1;
                case KMOVW -> 2;
                case KMOVD -> 4;
                case KMOVQ -> 8;
            };
            String name = row.mnemonic() + " ";
            add(name + "k1, k7", a -> a.emit(row, Mask.K1, Mask.K7));
            for (Gpr register : new Gpr[] {Gpr.RAX, Gpr.RDI, Gpr.R8, Gpr.R15}) {
                add(name + "k6, " + OperandText.of(register, gpr), a -> a.emit(row, Mask.K6, register));
                add(name + OperandText.of(register, gpr) + ", k2", a -> a.emit(row, register, Mask.K2));
            }
            for (int turn = 0; turn < 18; turn++) {
                Mem mem = OperandCases.memory(turn, 1);
                String place = OperandText.of(mem, bytes);
                add(name + "k5, " + place, a -> a.emit(row, Mask.K5, mem));
                add(name + place + ", k3", a -> a.emit(row, mem, Mask.K3));
            }
        }
    }

    private void generalRegisters() {
        for (GprMove row : GprMove.values()) {
            for (Gpr gpr : new Gpr[] {Gpr.RAX, Gpr.RDI, Gpr.R8, Gpr.R15}) {
                for (Operands o : operands.of(row.encoding(), true, false, false, false)) {
                    Vector vector = o.dst();
                    String general = OperandText.of(gpr, row.isLong() ? 8 : 4);
                    String name = row.mnemonic() + " ";
                    if (row.isToGpr()) {
                        add(name + general + ", " + OperandText.of(vector), a -> a.emit(row, gpr, vector));
                    } else {
                        add(name + OperandText.of(vector) + ", " + general, a -> a.emit(row, vector, gpr));
                    }
                }
            }
        }
    }

    private void others() {
        add("vzeroupper", X64Assembler::vzeroupper);
        for (Width width : new Width[] {Width.XMM, Width.YMM}) {
            for (int turn = 0; turn < 6; turn++) {
                Mem mem = OperandCases.memory(turn, 4);
                Vector lanes = Vector.of(15 - turn, width);
                Vector src = Vector.of(8 + turn, width);
                String place = OperandText.of(mem, width.bytes());
                add(
                        "vmaskmovps " + place + ", " + OperandText.of(lanes) + ", " + OperandText.of(src),
                        a -> a.vmaskmovps(mem, lanes, src));
                String blend = "vblendvps " + OperandText.of(src) + ", " + OperandText.of(lanes) + ", ";
                add(blend + place + ", " + OperandText.of(src), a -> a.vblendvps(src, lanes, mem, src));
                add(
                        blend + OperandText.of(src) + ", " + OperandText.of(lanes),
                        a -> a.vblendvps(src, lanes, src, lanes));
            }
        }
    }
}
