package org.mobilenet4j.machine.a64;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mobilenet4j.machine.a64.Register.SP;
import static org.mobilenet4j.machine.a64.Register.X0;
import static org.mobilenet4j.machine.a64.Register.X1;
import static org.mobilenet4j.machine.a64.Register.ZR;
import static org.mobilenet4j.machine.a64.Vector.s4;
import static org.mobilenet4j.machine.a64.instruction.Alu.ADD;
import static org.mobilenet4j.machine.a64.instruction.Alu.ORR;
import static org.mobilenet4j.machine.a64.instruction.Binary.FADD;
import static org.mobilenet4j.machine.a64.instruction.Binary.SMAX;
import static org.mobilenet4j.machine.a64.instruction.Binary.SQRDMULH;
import static org.mobilenet4j.machine.a64.instruction.ByElement.FMLA_LANE;
import static org.mobilenet4j.machine.a64.instruction.ByElement.MLA_LANE;
import static org.mobilenet4j.machine.a64.instruction.Dot.SDOT;
import static org.mobilenet4j.machine.a64.instruction.Memory.LDR_X;
import static org.mobilenet4j.machine.a64.instruction.Narrowing.SQXTN;
import static org.mobilenet4j.machine.a64.instruction.Pair.LDP;
import static org.mobilenet4j.machine.a64.instruction.Shift.SHL;
import static org.mobilenet4j.machine.a64.instruction.Shift.SSHR;
import static org.mobilenet4j.machine.a64.instruction.Structure.LD1;
import static org.mobilenet4j.machine.a64.instruction.VectorMemory.LDR_Q;
import static org.mobilenet4j.machine.a64.instruction.Widening.SMLAL;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.mobilenet4j.machine.a64.instruction.Arrangement;

/// Operands for which there is no instruction are refused when the code is written, before it can do harm.
class RefusedOperandsTest {
    private static final Vector BYTES = new Vector(0, Arrangement.B16);
    private static final Vector HALVES = new Vector(0, Arrangement.H8);
    private static final Vector DOUBLES = new Vector(0, Arrangement.D2);

    static final List<Consumer<A64Assembler>> WRONG = List.of(
            a -> a.emit(FADD, s4(0), s4(0), DOUBLES),
            a -> a.emit(FADD, HALVES, HALVES, HALVES),
            a -> a.emit(SMAX, DOUBLES, DOUBLES, DOUBLES),
            a -> a.emit(SQRDMULH, BYTES, BYTES, BYTES),
            a -> a.emit(FMLA_LANE, s4(0), s4(0), DOUBLES.lane(0)),
            a -> a.emit(MLA_LANE, HALVES, HALVES, new Vector(16, Arrangement.H8).lane(0)),
            a -> a.emit(SMLAL, s4(0), s4(0), s4(0)),
            a -> a.emit(SMLAL, DOUBLES, DOUBLES, DOUBLES),
            a -> a.emit(SQXTN, HALVES, HALVES),
            a -> a.emit(SDOT, s4(0), s4(0), s4(0)),
            a -> a.emit(SDOT, s4(0), BYTES, BYTES.lane(0)),
            a -> a.emit(SHL, s4(0), s4(0), 32),
            a -> a.emit(SSHR, s4(0), s4(0), 0),
            a -> a.emit(SSHR, s4(0), s4(0), 33),
            a -> a.dup(HALVES, s4(0).lane(0)),
            a -> a.movi(s4(0), 256),
            a -> a.movi(HALVES, 1),
            a -> a.ext(s4(0), s4(0), s4(0), 4),
            a -> a.emit(LDR_Q, s4(0), Address.at(X0, 16 * 4096)),
            a -> a.emit(LDR_Q, s4(0), Address.at(X0, 257)),
            a -> a.emit(LDR_X, X0, Address.at(X0, -257)),
            a -> a.emit(LDR_X, SP, Address.at(X0)),
            a -> a.emit(LDR_X, X0, Address.at(ZR)),
            a -> a.emit(LDP, X0, X1, Address.at(X0, 4)),
            a -> a.emit(LDP, X0, X1, Address.at(X0, 512)),
            a -> a.emit(LD1, s4(0), 5, Address.at(X0)),
            a -> a.emit(LD1, s4(0), 1, Address.at(X0, 16)),
            a -> a.emit(LD1, s4(0), 1, Address.after(X0, 8)),
            a -> a.emit(LD1, s4(0), 1, Address.after(X0, ZR)),
            a -> a.emit(ADD, X0, X0, 4097),
            a -> a.emit(ADD, X0, X0, -1),
            a -> a.emit(ADD, X0, ZR, 1),
            a -> a.emit(ADD, X0, SP, X0),
            a -> a.emit(ORR, X0, X0, 1),
            a -> a.lsl(X0, X0, 64),
            a -> a.ubfx(X0, X0, 60, 5),
            a -> a.movz(X0, 65536, 0),
            a -> s4(32),
            a -> s4(0).lane(4));

    @ParameterizedTest
    @FieldSource("WRONG")
    void areRefused(Consumer<A64Assembler> instruction) {
        assertThatIllegalArgumentException().isThrownBy(() -> instruction.accept(new A64Assembler()));
    }

    @Test
    void labelsStandInOnePlaceWithinReach() {
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> {
            var a = new A64Assembler();
            a.b(a.label());
            a.finish();
        });
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> {
            var a = new A64Assembler();
            a.bind(a.here());
        });
        assertThat(back(1 << 18).finish().bytes()).endsWith(0x00, 0x00, 0x80, 0xB4);
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> back((1 << 18) + 1).finish())
                .withMessage("a label is -262145 instructions away");
    }

    /// A branch back over so many instructions.
    private static A64Assembler back(int instructions) {
        var a = new A64Assembler();
        Label start = a.here();
        for (int i = 0; i < instructions; i++) {
            a.ret();
        }
        a.cbz(X0, start);
        return a;
    }
}
