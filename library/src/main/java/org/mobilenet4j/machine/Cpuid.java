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
import java.util.HashSet;
import java.util.Set;
import org.mobilenet4j.machine.x64.CallingConvention;
import org.mobilenet4j.machine.x64.Code;
import org.mobilenet4j.machine.x64.Mem;
import org.mobilenet4j.machine.x64.X64Assembler;

/// Asks the processor what it is, by code that any of its kind can run.
final class Cpuid {
    private static final int EAX = 0, EBX = 1, ECX = 2;

    /// A leaf that does not exist says nothing.
    private static final int[] NOTHING = new int[4];

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
            return new Cpuid(
                            loaded,
                            code.entries().get(0),
                            code.entries().get(1),
                            arena.allocate(4 * Integer.BYTES, Integer.BYTES))
                    .detect();
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

    private int[] ask(int leaf, int part) {
        NativeCall.call(cpuid, leaf, part, answer.address(), 0, 0, 0);
        return answer.toArray(JAVA_INT);
    }

    private int[] askIfThere(int leaf, int part) {
        int most = ask(leaf & 0x80000000, 0)[EAX];
        return Integer.compareUnsigned(leaf, most) <= 0 ? ask(leaf, part) : NOTHING;
    }

    private Processor detect() {
        long[] caches = caches();
        return new Processor(features(), caches[0], caches[1], caches[2]);
    }

    private Set<Feature> features() {
        var features = new HashSet<Feature>();
        int[] first = askIfThere(1, 0);
        boolean isSaving = has(first[ECX], 27);
        long saved = isSaving ? NativeCall.call(xgetbv, 0, 0, 0, 0, 0, 0) & 0xFFFFFFFFL : 0;
        int[] seventh = askIfThere(7, 0);
        int[] more = seventh[EAX] >= 1 ? ask(7, 1) : NOTHING;
        // The halves of 256-bit registers; then also masks, the halves of 512-bit registers, and the upper 16.
        if ((saved & 0x06) == 0x06) {
            add(features, Feature.FMA, first[ECX], 12);
            add(features, Feature.BMI1, seventh[EBX], 3);
            add(features, Feature.AVX2, seventh[EBX], 5);
            add(features, Feature.AVX_VNNI, more[EAX], 4);
        }
        if ((saved & 0xE6) == 0xE6) {
            add(features, Feature.AVX512F, seventh[EBX], 16);
            add(features, Feature.AVX512DQ, seventh[EBX], 17);
            add(features, Feature.AVX512BW, seventh[EBX], 30);
            add(features, Feature.AVX512VL, seventh[EBX], 31);
            add(features, Feature.AVX512_VNNI, seventh[ECX], 11);
            add(features, Feature.AVX512_BF16, more[EAX], 5);
        }
        return features;
    }

    private static void add(Set<Feature> features, Feature feature, int register, int bit) {
        if (has(register, bit)) {
            features.add(feature);
        }
    }

    private static boolean has(int register, int bit) {
        return (register >>> bit & 1) != 0;
    }

    /// Intel describes caches in leaf 4; AMD in a leaf of its own, where bit 22 says so.
    private long[] caches() {
        boolean isAmd = has(askIfThere(0x80000001, 0)[ECX], 22);
        var bytes = new long[3];
        for (int part = 0; part < 16; part++) {
            int[] cache = askIfThere(isAmd ? 0x8000001D : 4, part);
            int kind = cache[EAX] & 31;
            if (kind == 0) {
                break;
            }
            int level = cache[EAX] >>> 5 & 7;
            boolean isForCode = kind == 2;
            if (!isForCode && level >= 1 && level <= 3) {
                long ways = 1L + (cache[EBX] >>> 22);
                long partitions = 1L + (cache[EBX] >>> 12 & 0x3FF);
                long line = 1L + (cache[EBX] & 0xFFF);
                bytes[level - 1] = ways * partitions * line * ((cache[ECX] & 0xFFFFFFFFL) + 1);
            }
        }
        return bytes;
    }
}
