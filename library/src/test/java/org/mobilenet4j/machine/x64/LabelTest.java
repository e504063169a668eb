package org.mobilenet4j.machine.x64;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mobilenet4j.machine.x64.Gpr.RAX;
import static org.mobilenet4j.machine.x64.Vector.xmm;
import static org.mobilenet4j.machine.x64.Vector.zmm;
import static org.mobilenet4j.machine.x64.instruction.Binary.VADDPS;
import static org.mobilenet4j.machine.x64.instruction.BinaryImm.VPTERNLOGD;
import static org.mobilenet4j.machine.x64.instruction.Move.MOV;
import static org.mobilenet4j.machine.x64.instruction.Unary.VBROADCASTSS;

import java.util.HexFormat;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.machine.code.Code;

/// Jumps, calls and constants: distances count from the end of the instruction.
class LabelTest {
    private static byte[] code(Consumer<X64Assembler> program) {
        var assembler = new X64Assembler();
        program.accept(assembler);
        return assembler.finish().bytes();
    }

    private static String hex(Consumer<X64Assembler> program) {
        return HexFormat.of().withUpperCase().formatHex(code(program));
    }

    private static void rets(X64Assembler assembler, int count) {
        for (int i = 0; i < count; i++) {
            assembler.ret();
        }
    }

    @Test
    void jumpsBackTakeTwoBytesAsFarAsTheyReach() {
        assertThat(hex(a -> {
                    Label start = a.here();
                    rets(a, 126);
                    a.jmp(start);
                }))
                .endsWith("C3EB80");
        assertThat(hex(a -> {
                    Label start = a.here();
                    rets(a, 127);
                    a.jmp(start);
                }))
                .endsWith("C3E97CFFFFFF");
        assertThat(hex(a -> {
                    Label start = a.here();
                    rets(a, 127);
                    a.jcc(Condition.NOT_EQUAL, start);
                }))
                .endsWith("C30F857BFFFFFF");
    }

    @Test
    void jumpsForwardKeepFourBytesUnlessTheLabelIsNear() {
        assertThat(hex(a -> {
                    Label end = a.label();
                    a.jcc(Condition.LESS, end);
                    a.ret();
                    a.bind(end);
                }))
                .isEqualTo("0F8C01000000C3");
        assertThat(hex(a -> {
                    Label end = a.nearLabel();
                    a.jcc(Condition.LESS, end);
                    a.jmp(end);
                    rets(a, 125);
                    a.bind(end);
                }))
                .startsWith("7C7FEB7DC3");
    }

    @Test
    void nearLabelThatIsFarAwayIsRefused() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> code(a -> {
                    Label end = a.nearLabel();
                    a.jmp(end);
                    rets(a, 128);
                    a.bind(end);
                }))
                .withMessage("a near label is 128 bytes away");
    }

    @Test
    void labelThatIsNeverBoundIsRefused() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> code(a -> a.call(a.label())))
                .withMessage("a label was used and never bound");
    }

    @Test
    void labelStandsInOnePlace() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> code(a -> a.bind(a.here())))
                .withMessage("a label stands in one place only");
    }

    @Test
    void constantsFollowTheCodeOnceAndAligned() {
        byte[] code = code(a -> {
            a.emit(VBROADCASTSS, xmm(0), a.constant(1.5f));
            a.emit(VBROADCASTSS, xmm(1), a.constant(1.5f));
            a.emit(VADDPS, zmm(1), zmm(1), a.constant(new float[16]));
        });

        assertThat(code).hasSize(64 + 64 + 4);
        HexFormat hex = HexFormat.of().withUpperCase();
        // Code of 9 + 9 + 10 bytes: the vector comes first, at 64, the float behind it, at 128.
        assertThat(hex.formatHex(code, 0, 28))
                .isEqualTo("C4E2791805770000" + "00C4E27918" + "0D6E000000" + "62F1744858" + "0D24000000");
        assertThat(hex.formatHex(code, 128, 132)).isEqualTo("0000C03F");
    }

    @Test
    void constantsAreFoundBehindAnImmediateByte() {
        byte[] code = code(a -> a.emit(VPTERNLOGD, zmm(0), zmm(0), a.constant(7).broadcast(), 0xFF));

        // 11 bytes, the last of them the immediate; the constant at 12, aligned to its size.
        assertThat(HexFormat.of().withUpperCase().formatHex(code)).isEqualTo("62F37D58250501000000FFCC07000000");
    }

    @Test
    void constantsMayBeReadPiecewise() {
        byte[] code =
                code(a -> a.emit(MOV, RAX, a.constant(new int[] {1, 2, 3, 4}).plus(8)));

        assertThat(HexFormat.of().formatHex(code, 0, 7)).isEqualTo("488b0511000000");
    }

    @Test
    void entriesBeginOnCacheLines() {
        var assembler = new X64Assembler();
        assembler.entry("first");
        assembler.ret();
        assembler.entry("second");
        rets(assembler, 3);

        assertThat(assembler.finish().entries())
                .containsExactly(new Code.Entry("first", 0, 64), new Code.Entry("second", 64, 3));
    }

    @Test
    void alignmentIsFilledWithInstructionsThatDoNothing() {
        for (int bytes = 0; bytes < 64; bytes++) {
            int start = bytes;
            byte[] code = code(a -> {
                rets(a, start);
                a.align(64);
                rets(a, 1);
            });
            assertThat(code).hasSize(start == 0 ? 1 : 65);
        }
    }
}
