package org.mobilenet4j.machine.recipe.train;

import static org.mobilenet4j.machine.x64.Gpr.R10;
import static org.mobilenet4j.machine.x64.Gpr.R8;
import static org.mobilenet4j.machine.x64.Gpr.R9;
import static org.mobilenet4j.machine.x64.Gpr.RAX;
import static org.mobilenet4j.machine.x64.Gpr.RCX;
import static org.mobilenet4j.machine.x64.Gpr.RDI;
import static org.mobilenet4j.machine.x64.Gpr.RDX;
import static org.mobilenet4j.machine.x64.Gpr.RSI;
import static org.mobilenet4j.machine.x64.instruction.Alu.ADD;
import static org.mobilenet4j.machine.x64.instruction.Alu.AND;
import static org.mobilenet4j.machine.x64.instruction.Alu.CMP;
import static org.mobilenet4j.machine.x64.instruction.Alu.SUB;
import static org.mobilenet4j.machine.x64.instruction.Binary.VADDPS;
import static org.mobilenet4j.machine.x64.instruction.Binary.VDIVPS;
import static org.mobilenet4j.machine.x64.instruction.Binary.VMULPS;
import static org.mobilenet4j.machine.x64.instruction.Binary.VSUBPS;
import static org.mobilenet4j.machine.x64.instruction.BitShift.SHR;
import static org.mobilenet4j.machine.x64.instruction.Move.MOV;
import static org.mobilenet4j.machine.x64.instruction.Store.VMOVSS_STORE;
import static org.mobilenet4j.machine.x64.instruction.Store.VMOVUPS_STORE;
import static org.mobilenet4j.machine.x64.instruction.Unary.VBROADCASTSS;
import static org.mobilenet4j.machine.x64.instruction.Unary.VMOVSS;
import static org.mobilenet4j.machine.x64.instruction.Unary.VMOVUPS;
import static org.mobilenet4j.machine.x64.instruction.Unary.VSQRTPS;

import org.mobilenet4j.machine.Isa;
import org.mobilenet4j.machine.x64.ArrayRoutine;
import org.mobilenet4j.machine.x64.CallingConvention;
import org.mobilenet4j.machine.x64.Condition;
import org.mobilenet4j.machine.x64.Gpr;
import org.mobilenet4j.machine.x64.Label;
import org.mobilenet4j.machine.x64.Mem;
import org.mobilenet4j.machine.x64.Vector;
import org.mobilenet4j.machine.x64.X64Assembler;
import org.mobilenet4j.machine.x64.instruction.Binary;
import org.mobilenet4j.machine.x64.instruction.Width;

/// Updates of weights by an [UpdateRule]. Its routine takes the rule's arrays and the numbers count, and then the
/// rule's
/// factors, two in each number, the first one in its lower half. Operations are rounded one by one, as in plain loops.
public final class UpdateRecipe {
    /// Factors are in the registers from this one downwards.
    private static final int LAST = 15;

    private static final int LINE = 64;

    private static final Gpr VALUES = RDI;
    private static final Gpr GRADIENTS = RSI;

    private final X64Assembler a;
    private final UpdateRule rule;
    /// Of the registers; a single float is in the first lane of the narrowest.
    private final Width width;

    private final boolean isSingle;

    private UpdateRecipe(X64Assembler assembler, UpdateRule rule, Width width, boolean isSingle) {
        this.a = assembler;
        this.rule = rule;
        this.width = width;
        this.isSingle = isSingle;
    }

    /// Writes the routine of that name.
    public static void emit(X64Assembler a, CallingConvention convention, String name, UpdateRule rule, Isa isa) {
        ArrayRoutine routine = ArrayRoutine.begin(a, convention, name, rule.arrays(), 0);
        for (int i = 0; i < rule.factors(); i++) {
            Mem place = routine.number(1 + i / 2).plus(i % 2 * Float.BYTES);
            a.emit(VBROADCASTSS, Vector.of(LAST - i, isa.width()), place);
        }
        a.emit(MOV, R8, routine.number(0));
        a.mov(RAX, 0);
        // One by one to the values' next cache line, which in a network is that of all arrays.
        a.emit(MOV, R10, RDI);
        a.neg(R10);
        a.emit(AND, R10, LINE - 1);
        a.emit(SHR, R10, 2);
        a.emit(CMP, R10, R8);
        a.cmov(Condition.GREATER, R10, R8);
        a.emit(MOV, R9, R8);
        a.emit(SUB, R9, R10);
        a.emit(MOV, R8, R10);
        var single = new UpdateRecipe(a, rule, Width.XMM, true);
        single.loop(1);
        a.emit(MOV, R8, R9);
        new UpdateRecipe(a, rule, isa.width(), false).loop(isa.width().floats());
        single.loop(1);
        routine.end();
    }

    /// So many weights at once, of the R8 that are left, from RAX bytes on.
    private void loop(int floats) {
        Label end = a.label();
        a.emit(SUB, R8, floats);
        a.jcc(Condition.LESS, end);
        a.align(32);
        Label again = a.here();
        body();
        a.emit(ADD, RAX, Float.BYTES * floats);
        a.emit(SUB, R8, floats);
        a.jcc(Condition.GREATER_EQUAL, again);
        a.bind(end);
        a.emit(ADD, R8, floats);
    }

    private void body() {
        switch (rule) {
            case DESCEND, DESCEND_AHEAD -> descend();
            case RMSPROP_TENSORFLOW, RMSPROP_PYTORCH -> rmsProp();
            case ADAMW -> adamW();
            case AVERAGE -> {
                load(0, VALUES);
                load(1, RSI);
                emit(VSUBPS, 0, 0, 1);
                emit(VMULPS, 0, 0, factor(0));
                emit(VADDPS, 1, 1, 0);
                store(RSI, 1);
            }
        }
    }

    private static int factor(int index) {
        return LAST - index;
    }

    private Vector register(int number) {
        return Vector.of(number, width);
    }

    private void emit(Binary row, int to, int x, int y) {
        a.emit(row, register(to), register(x), register(y));
    }

    private void load(int to, Gpr array) {
        a.emit(isSingle ? VMOVSS : VMOVUPS, register(to), Mem.at(array, RAX, 1, 0));
    }

    private void store(Gpr array, int from) {
        a.emit(isSingle ? VMOVSS_STORE : VMOVUPS_STORE, Mem.at(array, RAX, 1, 0), register(from));
    }

    /// Register 0 is the value, 1 the gradient with its decay.
    private void decayed(int decay) {
        load(0, VALUES);
        load(1, GRADIENTS);
        emit(VMULPS, 2, 0, factor(decay));
        emit(VADDPS, 1, 1, 2);
    }

    private void descend() {
        decayed(1);
        load(3, RDX);
        emit(VMULPS, 3, 3, factor(2));
        emit(VADDPS, 3, 3, 1);
        store(RDX, 3);
        if (rule == UpdateRule.DESCEND_AHEAD) {
            emit(VMULPS, 3, 3, factor(2));
            emit(VADDPS, 3, 3, 1);
        }
        emit(VMULPS, 3, 3, factor(0));
        emit(VSUBPS, 0, 0, 3);
        store(VALUES, 0);
    }

    private void rmsProp() {
        boolean isTensorFlow = rule == UpdateRule.RMSPROP_TENSORFLOW;
        decayed(1);
        load(3, RDX);
        if (isTensorFlow) {
            emit(VMULPS, 2, 1, 1);
            emit(VSUBPS, 2, 2, 3);
            emit(VMULPS, 2, 2, factor(2));
        } else {
            emit(VMULPS, 2, 1, factor(3));
            emit(VMULPS, 2, 2, 1);
            emit(VMULPS, 3, 3, factor(2));
        }
        emit(VADDPS, 3, 3, 2);
        store(RDX, 3);
        int momentum = factor(isTensorFlow ? 3 : 4);
        int epsilon = factor(isTensorFlow ? 4 : 5);
        if (isTensorFlow) {
            emit(VADDPS, 3, 3, epsilon);
            a.emit(VSQRTPS, register(3), register(3));
            emit(VMULPS, 1, 1, factor(0));
        } else {
            a.emit(VSQRTPS, register(3), register(3));
            emit(VADDPS, 3, 3, epsilon);
        }
        emit(VDIVPS, 1, 1, 3);
        load(4, RCX);
        emit(VMULPS, 4, 4, momentum);
        emit(VADDPS, 4, 4, 1);
        store(RCX, 4);
        if (!isTensorFlow) {
            emit(VMULPS, 4, 4, factor(0));
        }
        emit(VSUBPS, 0, 0, 4);
        store(VALUES, 0);
    }

    private void adamW() {
        load(0, VALUES);
        load(1, GRADIENTS);
        load(2, RDX);
        emit(VSUBPS, 3, 1, 2);
        emit(VMULPS, 3, 3, factor(3));
        emit(VADDPS, 2, 2, 3);
        store(RDX, 2);
        load(3, RCX);
        emit(VMULPS, 3, 3, factor(4));
        emit(VMULPS, 4, 1, factor(5));
        emit(VMULPS, 4, 4, 1);
        emit(VADDPS, 3, 3, 4);
        store(RCX, 3);
        a.emit(VSQRTPS, register(3), register(3));
        emit(VDIVPS, 3, 3, factor(2));
        emit(VADDPS, 3, 3, factor(6));
        emit(VMULPS, 2, 2, factor(1));
        emit(VDIVPS, 2, 2, 3);
        emit(VMULPS, 0, 0, factor(0));
        emit(VSUBPS, 0, 0, 2);
        store(VALUES, 0);
    }
}
