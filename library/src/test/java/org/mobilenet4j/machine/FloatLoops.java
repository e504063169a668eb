package org.mobilenet4j.machine;

import static org.mobilenet4j.machine.x64.Condition.ABOVE;
import static org.mobilenet4j.machine.x64.Condition.ABOVE_EQUAL;
import static org.mobilenet4j.machine.x64.Condition.BELOW;
import static org.mobilenet4j.machine.x64.Condition.EQUAL;
import static org.mobilenet4j.machine.x64.Gpr.R8;
import static org.mobilenet4j.machine.x64.Gpr.RAX;
import static org.mobilenet4j.machine.x64.Gpr.RCX;
import static org.mobilenet4j.machine.x64.Gpr.RDI;
import static org.mobilenet4j.machine.x64.Gpr.RDX;
import static org.mobilenet4j.machine.x64.Gpr.RSI;
import static org.mobilenet4j.machine.x64.instruction.Alu.ADD;
import static org.mobilenet4j.machine.x64.instruction.Alu.CMP;
import static org.mobilenet4j.machine.x64.instruction.Alu.SUB;
import static org.mobilenet4j.machine.x64.instruction.Binary.VFMADD231PS;
import static org.mobilenet4j.machine.x64.instruction.Binary.VFMADD231SS;
import static org.mobilenet4j.machine.x64.instruction.Binary.VXORPS;
import static org.mobilenet4j.machine.x64.instruction.Store.VMOVSS_STORE;
import static org.mobilenet4j.machine.x64.instruction.Store.VMOVUPS_STORE;
import static org.mobilenet4j.machine.x64.instruction.Unary.VBROADCASTSS;
import static org.mobilenet4j.machine.x64.instruction.Unary.VMOVSS;
import static org.mobilenet4j.machine.x64.instruction.Unary.VMOVUPS;

import org.mobilenet4j.machine.code.Code;
import org.mobilenet4j.machine.x64.CallingConvention;
import org.mobilenet4j.machine.x64.Label;
import org.mobilenet4j.machine.x64.Mem;
import org.mobilenet4j.machine.x64.Routine;
import org.mobilenet4j.machine.x64.Vector;
import org.mobilenet4j.machine.x64.X64Assembler;
import org.mobilenet4j.machine.x64.instruction.Width;

/// Two loops over floats, as small as code can be that has a vector's loop and a rest.
final class FloatLoops {
    private final X64Assembler a = new X64Assembler();
    private final CallingConvention convention;
    private final Width width;

    private FloatLoops(CallingConvention convention, Width width) {
        this.convention = convention;
        this.width = width;
    }

    /// `axpy(y, x, count, &a)`: y += a * x; `dot(out, x, y, count)`: the sums of each lane, and the rest apart.
    static Code of(CallingConvention convention, Width width) {
        var loops = new FloatLoops(convention, width);
        loops.axpy();
        loops.dot();
        return loops.a.finish();
    }

    private Vector v(int number) {
        return Vector.of(number, width);
    }

    private void axpy() {
        Routine routine = Routine.begin(a, convention, "axpy", 0);
        a.emit(VBROADCASTSS, v(0), Mem.at(RCX));
        a.mov(RAX, 0);
        Label rest = a.label();
        Label vectors = a.here();
        a.emit(CMP, RDX, width.floats());
        a.jcc(BELOW, rest);
        a.emit(VMOVUPS, v(1), Mem.at(RDI, RAX, 4, 0));
        a.emit(VFMADD231PS, v(1), v(0), Mem.at(RSI, RAX, 4, 0));
        a.emit(VMOVUPS_STORE, Mem.at(RDI, RAX, 4, 0), v(1));
        a.emit(ADD, RAX, width.floats());
        a.emit(SUB, RDX, width.floats());
        a.jmp(vectors);
        a.bind(rest);
        Label end = a.nearLabel();
        Label singles = a.here();
        a.test(RDX, RDX);
        a.jcc(EQUAL, end);
        a.emit(VMOVSS, Vector.xmm(1), Mem.at(RDI, RAX, 4, 0));
        a.emit(VFMADD231SS, Vector.xmm(1), Vector.xmm(0), Mem.at(RSI, RAX, 4, 0));
        a.emit(VMOVSS_STORE, Mem.at(RDI, RAX, 4, 0), Vector.xmm(1));
        a.inc(RAX);
        a.dec(RDX);
        a.jmp(singles);
        a.bind(end);
        routine.end();
    }

    private void dot() {
        Routine routine = Routine.begin(a, convention, "dot", 0);
        a.emit(VXORPS, Vector.xmm(0), Vector.xmm(0), Vector.xmm(0));
        a.emit(VXORPS, Vector.xmm(2), Vector.xmm(2), Vector.xmm(2));
        a.mov(RAX, 0);
        Label singles = a.label();
        Label end = a.label();
        Label vectors = a.here();
        a.lea(R8, Mem.at(RAX, width.floats()));
        a.emit(CMP, R8, RCX);
        a.jcc(ABOVE, singles);
        a.emit(VMOVUPS, v(1), Mem.at(RSI, RAX, 4, 0));
        a.emit(VFMADD231PS, v(0), v(1), Mem.at(RDX, RAX, 4, 0));
        a.emit(ADD, RAX, width.floats());
        a.jmp(vectors);
        a.bind(singles);
        a.emit(CMP, RAX, RCX);
        a.jcc(ABOVE_EQUAL, end);
        a.emit(VMOVSS, Vector.xmm(1), Mem.at(RSI, RAX, 4, 0));
        a.emit(VFMADD231SS, Vector.xmm(2), Vector.xmm(1), Mem.at(RDX, RAX, 4, 0));
        a.inc(RAX);
        a.jmp(singles);
        a.bind(end);
        a.emit(VMOVUPS_STORE, Mem.at(RDI), v(0));
        a.emit(VMOVSS_STORE, Mem.at(RDI, width.bytes()), Vector.xmm(2));
        routine.end();
    }
}
