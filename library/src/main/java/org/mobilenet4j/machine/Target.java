package org.mobilenet4j.machine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.mobilenet4j.machine.a64.A64Assembler;
import org.mobilenet4j.machine.code.Code;
import org.mobilenet4j.machine.x64.CallingConvention;
import org.mobilenet4j.machine.x64.X64Assembler;

/// A processor and a system on which the library's own machine code runs.
public final class Target {
    private static final String NOTHING = "nothing";
    private static final int REHEARSALS = 500;

    private final Processor processor;
    private final Isa isa;
    private final CallingConvention convention;
    private final CodeMemory codeMemory;
    private final DataMemory dataMemory;
    private final CodeTrace trace;

    Target(Processor processor, Isa isa, CallingConvention convention, CodeMemory codeMemory, CodeTrace trace) {
        this.processor = processor;
        this.isa = isa;
        this.convention = convention;
        this.codeMemory = codeMemory;
        this.dataMemory = new DataMemory(codeMemory instanceof LinuxCodeMemory linux ? linux.pages() : null);
        this.trace = trace;
    }

    /// The processor: all that it has, whatever the instructions that were asked for.
    public Processor processor() {
        return processor;
    }

    /// The instructions to write code in.
    public Isa isa() {
        return isa;
    }

    /// How [org.mobilenet4j.machine.x64.Routine] begins and ends here; on AArch64 it means nothing.
    public CallingConvention convention() {
        return convention;
    }

    /// Makes code callable until the arena is closed, by the threads that may use the arena. Of the arenas for
    /// all threads, [Arena#ofAuto] calls fastest. Each call takes pages of its own, so put routines that belong
    /// together in one piece of code.
    ///
    /// @throws CodeMemoryException if the system refuses
    public NativeCode load(Code code, Arena arena) {
        MemorySegment memory = codeMemory.load(code.bytes(), arena);
        trace.loaded(code, memory);
        return new NativeCode(code, memory);
    }

    /// Calls a routine that does nothing some hundred times: after 127 calls the JDK writes a class for the
    /// bridge, which takes longer than a small network. Does nothing if the system refuses.
    void rehearse() {
        try {
            NativeRoutine nothing = load(nothing(), Arena.ofAuto()).routine(NOTHING);
            for (int i = 0; i < REHEARSALS; i++) {
                nothing.call(0, 0, 0, 0, 0, 0);
            }
        } catch (CodeMemoryException e) {
            // Whoever needs code hears of it.
        }
    }

    /// A routine that returns at once.
    private Code nothing() {
        if (isa.isArm()) {
            var a = new A64Assembler();
            a.entry(NOTHING);
            a.ret();
            return a.finish();
        }
        var a = new X64Assembler();
        a.entry(NOTHING);
        a.ret();
        return a.finish();
    }

    /// Memory off the heap for code to work on, zero and on cache lines, freed with the arena; in large pages where
    /// there are such and it is large.
    public MemorySegment allocate(long bytes, Arena arena) {
        return dataMemory.allocate(bytes, arena);
    }
}
