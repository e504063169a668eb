package org.mobilenet4j.machine.a64;

import static org.mobilenet4j.machine.a64.Register.SP;
import static org.mobilenet4j.machine.a64.Register.X0;
import static org.mobilenet4j.machine.a64.Register.X17;
import static org.mobilenet4j.machine.a64.Register.X30;
import static org.mobilenet4j.machine.a64.Register.X7;
import static org.mobilenet4j.machine.a64.Register.ZR;

import java.util.StringJoiner;
import org.mobilenet4j.machine.a64.instruction.Arrangement;
import org.mobilenet4j.machine.a64.instruction.Binary;
import org.mobilenet4j.machine.a64.instruction.ByElement;
import org.mobilenet4j.machine.a64.instruction.Dot;
import org.mobilenet4j.machine.a64.instruction.Instruction;
import org.mobilenet4j.machine.a64.instruction.Narrowing;
import org.mobilenet4j.machine.a64.instruction.Shift;
import org.mobilenet4j.machine.a64.instruction.Size;
import org.mobilenet4j.machine.a64.instruction.Structure;
import org.mobilenet4j.machine.a64.instruction.Unary;
import org.mobilenet4j.machine.a64.instruction.VectorMemory;
import org.mobilenet4j.machine.a64.instruction.VectorPair;
import org.mobilenet4j.machine.a64.instruction.Widening;
import org.mobilenet4j.machine.a64.instruction.WideningByElement;

/// Every row of the tables of vector instructions, with all the lanes that it knows.
final class VectorCases extends Cases {
    VectorCases() {
        for (Arrangement lanes : Arrangement.values()) {
            lanewise(lanes);
            if (lanes.element() != Size.D) {
                betweenSizes(lanes);
            }
            byElement(lanes);
            shifts(lanes);
            copies(lanes);
            structures(lanes);
        }
        dots();
        memory();
    }

    private static String text(Instruction row, Object... operands) {
        return wide(row, "", operands);
    }

    private static String wide(Instruction row, String suffix, Object... operands) {
        var all = new StringJoiner(", ", row.mnemonic() + suffix + " ", "");
        for (Object operand : operands) {
            all.add(
                    switch (operand) {
                        case Vector vector -> OperandText.of(vector);
                        case Element lane -> OperandText.of(lane);
                        case Register register -> OperandText.of(register);
                        default -> operand.toString();
                    });
        }
        return all.toString();
    }

    private void lanewise(Arrangement lanes) {
        for (Binary row : Binary.values()) {
            for (int i = 0; i < 2 && row.kind().knows(lanes); i++) {
                int[] n = next();
                var dst = new Vector(n[0], lanes);
                var x = new Vector(n[1], lanes);
                var y = new Vector(n[2], lanes);
                add(text(row, dst, x, y), a -> a.emit(row, dst, x, y));
            }
        }
        for (Unary row : Unary.values()) {
            for (int i = 0; i < 2 && row.kind().knows(lanes); i++) {
                int[] n = next();
                var dst = new Vector(n[0], lanes);
                var src = new Vector(n[1], lanes);
                add(text(row, dst, src), a -> a.emit(row, dst, src));
            }
        }
    }

    private void betweenSizes(Arrangement lanes) {
        String two = lanes.isWhole() ? "2" : "";
        for (Widening row : Widening.values()) {
            int[] n = next();
            var dst = new Vector(n[0], lanes.widened());
            var x = new Vector(n[1], lanes);
            var y = new Vector(n[2], lanes);
            add(wide(row, two, dst, x, y), a -> a.emit(row, dst, x, y));
        }
        for (Narrowing row : Narrowing.values()) {
            int[] n = next();
            var dst = new Vector(n[0], lanes);
            var src = new Vector(n[1], lanes.widened());
            add(wide(row, two, dst, src), a -> a.emit(row, dst, src));
        }
    }

    private void byElement(Arrangement lanes) {
        for (int index = 0; index < 16 / lanes.element().bytes(); index++) {
            for (ByElement row : ByElement.values()) {
                if (row.kind().knows(lanes)) {
                    int[] n = next();
                    var dst = new Vector(n[0], lanes);
                    var x = new Vector(n[1], lanes);
                    var lane = new Element(lanes.element() == Size.H ? n[2] & 15 : n[2], lanes.element(), index);
                    add(text(row, dst, x, lane), a -> a.emit(row, dst, x, lane));
                }
            }
            for (WideningByElement row : WideningByElement.values()) {
                if (row.kind().knows(lanes)) {
                    int[] n = next();
                    var dst = new Vector(n[0], lanes.widened());
                    var x = new Vector(n[1], lanes);
                    var lane = new Element(lanes.element() == Size.H ? n[2] & 15 : n[2], lanes.element(), index);
                    add(wide(row, lanes.isWhole() ? "2" : "", dst, x, lane), a -> a.emit(row, dst, x, lane));
                }
            }
        }
    }

    private void shifts(Arrangement lanes) {
        for (Shift row : Shift.values()) {
            if (row.form() != Shift.Form.SAME && lanes.element() == Size.D) {
                continue;
            }
            int bits = 8 * lanes.element().bytes();
            boolean isLeft = row == Shift.SHL || row == Shift.SLI || row.form() == Shift.Form.WIDENING;
            for (int places : isLeft ? new int[] {0, 3, bits - 1} : new int[] {1, 3, bits}) {
                int[] n = next();
                var dst = new Vector(n[0], row.form() == Shift.Form.WIDENING ? lanes.widened() : lanes);
                var src = new Vector(n[1], row.form() == Shift.Form.NARROWING ? lanes.widened() : lanes);
                String two = row.form() != Shift.Form.SAME && lanes.isWhole() ? "2" : "";
                add(wide(row, two, dst, src, "#" + places), a -> a.emit(row, dst, src, places));
            }
        }
    }

    private void copies(Arrangement lanes) {
        Size size = lanes.element();
        var dst = new Vector(next()[0], lanes);
        boolean isLong = size == Size.D;
        add("dup " + OperandText.of(dst) + (isLong ? ", x30" : ", w30"), a -> a.dup(dst, X30));
        add("dup " + OperandText.of(dst) + (isLong ? ", xzr" : ", wzr"), a -> a.dup(dst, ZR));
        for (int index = 0; index < 16 / size.bytes(); index++) {
            int[] n = next();
            var lane = new Element(n[1], size, index);
            var other = new Element(n[2], size, 16 / size.bytes() - 1 - index);
            add("dup " + OperandText.of(dst) + ", " + OperandText.of(lane), a -> a.dup(dst, lane));
            if (lanes.isWhole()) {
                add("ins " + OperandText.of(lane) + (isLong ? ", x7" : ", w7"), a -> a.ins(lane, X7));
                add("ins " + OperandText.of(lane) + ", " + OperandText.of(other), a -> a.ins(lane, other));
                add("umov " + (isLong ? "x17, " : "w17, ") + OperandText.of(lane), a -> a.umov(X17, lane));
            }
        }
        if (size == Size.B || size == Size.S) {
            for (int number : new int[] {0, 31, 32, 255}) {
                add("movi " + OperandText.of(dst) + ", #" + number, a -> a.movi(dst, number));
            }
        }
        if (size == Size.B) {
            var x = new Vector(30, lanes);
            var y = new Vector(9, lanes);
            for (int first : new int[] {0, 1, lanes.lanes() - 1}) {
                String names = OperandText.of(dst) + ", " + OperandText.of(x) + ", " + OperandText.of(y);
                add("ext " + names + ", #" + first, a -> a.ext(dst, x, y, first));
            }
        }
    }

    private void structures(Arrangement lanes) {
        int size = lanes.element().bytes();
        for (Structure row : Structure.values()) {
            for (int count = 1; count <= 4; count++) {
                int bytes = count * (lanes.isWhole() ? 16 : 8);
                for (Address address : addresses(bytes)) {
                    int registers = count;
                    var first = new Vector(27 - count, lanes);
                    var names = new StringJoiner(", ", "{", "}");
                    for (int i = 0; i < count; i++) {
                        names.add(OperandText.of(new Vector(first.number() + i, lanes)));
                    }
                    add(text(row, names, OperandText.of(address)), a -> a.emit(row, first, registers, address));
                }
            }
            for (int index = 0; index < 16 / size && lanes.isWhole(); index++) {
                var lane = new Element(31 - index, lanes.element(), index);
                String name = "{v" + lane.number() + "." + OperandText.of(lane.size()) + "}[" + index + "]";
                for (Address address : addresses(size)) {
                    add(text(row, name, OperandText.of(address)), a -> a.emit(row, lane, address));
                }
            }
        }
        for (Address address : addresses(size)) {
            var dst = new Vector(next()[0], lanes);
            add("ld1r {" + OperandText.of(dst) + "}, " + OperandText.of(address), a -> a.ld1r(dst, address));
        }
    }

    private static Address[] addresses(int bytes) {
        return new Address[] {Address.at(SP), Address.after(X30, bytes), Address.after(X0, X17)};
    }

    private void dots() {
        for (Dot row : Dot.values()) {
            for (Arrangement lanes : new Arrangement[] {Arrangement.B8, Arrangement.B16}) {
                for (int index = 0; index < 4; index++) {
                    int[] n = next();
                    var dst = new Vector(n[0], lanes.quadrupled());
                    var x = new Vector(n[1], lanes);
                    var y = new Vector(n[2], lanes);
                    var group = new Element(n[2], Size.S, index);
                    add(text(row, dst, x, y), a -> a.emit(row, dst, x, y));
                    String name = "v" + group.number() + ".4b[" + index + "]";
                    add(text(row, dst, x, name), a -> a.emit(row, dst, x, group));
                }
            }
        }
    }

    private void memory() {
        for (VectorMemory row : VectorMemory.values()) {
            for (Address address : IntegerCases.addresses(row.bytes())) {
                Vector register = Vector.s4(next()[0]);
                String name = OperandText.of(row.bytes(), register);
                add(text(row, name, OperandText.of(address)), a -> a.emit(row, register, address));
            }
        }
        for (VectorPair row : VectorPair.values()) {
            for (Address address : IntegerCases.pairs(row.bytes())) {
                int[] n = next();
                Vector first = Vector.s4(n[0]);
                Vector second = Vector.s4(n[1]);
                String one = OperandText.of(row.bytes(), first);
                String other = OperandText.of(row.bytes(), second);
                add(text(row, one, other, OperandText.of(address)), a -> a.emit(row, first, second, address));
            }
        }
    }
}
