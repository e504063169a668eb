package org.mobilenet4j.machine;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.mobilenet4j.machine.x64.Gpr.R10;
import static org.mobilenet4j.machine.x64.Gpr.RAX;
import static org.mobilenet4j.machine.x64.Gpr.RBX;
import static org.mobilenet4j.machine.x64.Gpr.RCX;
import static org.mobilenet4j.machine.x64.Gpr.RDX;
import static org.mobilenet4j.machine.x64.instruction.Move.MOV;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.mobilenet4j.machine.code.Code;
import org.mobilenet4j.machine.x64.CallingConvention;
import org.mobilenet4j.machine.x64.Mem;
import org.mobilenet4j.machine.x64.X64Assembler;

/// Asks the processor what it is, by code that any of its kind can run.
final class Cpuid implements CpuidLeaves {
    private final MemorySegment cpuid;
    private final MemorySegment xgetbv;
    private final MemorySegment answer;

    private Cpuid(MemorySegment code, Code.Entry cpuid, Code.Entry xgetbv, MemorySegment answer) {
        this.cpuid = code.asSlice(cpuid.offset());
        this.xgetbv = code.asSlice(xgetbv.offset());
        this.answer = answer;
    }

    /// Writes the code, runs it and frees it.
    static Processor detect(CodeMemory memory, CallingConvention convention) {
        try (Arena arena = Arena.ofConfined()) {
            Code code = code(convention);
            MemorySegment loaded = memory.load(code.bytes(), arena);
            MemorySegment answer = arena.allocate(4 * Integer.BYTES, Integer.BYTES);
            return new CpuidReading(new Cpuid(
                            loaded, code.entries().get(0), code.entries().get(1), answer))
                    .processor();
        }
    }

    /// `cpuid(leaf, part, int[4])` and `xgetbv()`. Without [org.mobilenet4j.machine.x64.Routine], whose end wants AVX.
    static Code code(CallingConvention convention) {
        var a = new X64Assembler();
        a.entry("cpuid");
        a.push(RBX);
        a.emit(MOV, R10, convention.arguments().get(2));
        a.emit(MOV, RAX, convention.arguments().get(0));
        a.emit(MOV, RCX, convention.arguments().get(1));
        a.cpuid();
        a.store(Mem.at(R10), RAX, 4);
        a.store(Mem.at(R10, 4), RBX, 4);
        a.store(Mem.at(R10, 8), RCX, 4);
        a.store(Mem.at(R10, 12), RDX, 4);
        a.pop(RBX);
        a.ret();
        a.entry("xgetbv");
        a.mov(RCX, 0);
        a.xgetbv();
        a.ret();
        return a.finish();
    }

    @Override
    public int[] ask(int leaf, int part) {
        NativeCall.call(cpuid, leaf, part, answer.address(), 0, 0, 0);
        return answer.toArray(JAVA_INT);
    }

    @Override
    public long saved() {
        return NativeCall.call(xgetbv, 0, 0, 0, 0, 0, 0) & 0xFFFFFFFFL;
    }
}
