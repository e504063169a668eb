package org.mobilenet4j.machine;

import java.util.HashSet;
import java.util.Set;

/// What a processor's answers mean.
final class CpuidReading {
    private static final int EAX = 0, EBX = 1, ECX = 2;

    /// A leaf that does not exist says nothing.
    private static final int[] NOTHING = new int[4];

    private final CpuidLeaves leaves;

    CpuidReading(CpuidLeaves leaves) {
        this.leaves = leaves;
    }

    private int[] askIfThere(int leaf, int part) {
        int most = leaves.ask(leaf & 0x80000000, 0)[EAX];
        return Integer.compareUnsigned(leaf, most) <= 0 ? leaves.ask(leaf, part) : NOTHING;
    }

    Processor processor() {
        long[] caches = caches();
        return new Processor(features(), caches[0], caches[1], caches[2]);
    }

    private Set<Feature> features() {
        var features = new HashSet<Feature>();
        int[] first = askIfThere(1, 0);
        boolean isSaving = has(first[ECX], 27);
        long saved = isSaving ? leaves.saved() : 0;
        int[] seventh = askIfThere(7, 0);
        int[] more = seventh[EAX] >= 1 ? leaves.ask(7, 1) : NOTHING;
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
