package org.mobilenet4j.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// What answers of processors mean, bit by bit as Intel's and AMD's manuals have them.
class CpuidReadingTest {
    private static final int OSXSAVE = 1 << 27;
    private static final long ALL_REGISTERS = 0xE7;
    private static final long SHORT_REGISTERS = 0x07;

    private static long key(int leaf, int part) {
        return (long) leaf << 8 | part;
    }

    /// A processor with these answers by leaf and part, and nothing else.
    private record Answers(Map<Long, int[]> known, long saved) implements CpuidLeaves {
        @Override
        public int[] ask(int leaf, int part) {
            if (leaf == 0 || leaf == 0x80000000) {
                return new int[] {leaf | 0x20, 0, 0, 0};
            }
            return known.getOrDefault(key(leaf, part), new int[4]).clone();
        }
    }

    private static Set<Feature> features(long leaf, int register, int bit, long saved) {
        var first = new int[] {0, 0, OSXSAVE, 0};
        var seventh = new int[] {1, 0, 0, 0};
        var more = new int[4];
        int[] answer = leaf == 0x100 ? first : leaf == 0x700 ? seventh : more;
        answer[register] |= 1 << bit;
        return new CpuidReading(new Answers(Map.of(0x100L, first, 0x700L, seventh, 0x701L, more), saved))
                .processor()
                .features();
    }

    @ParameterizedTest
    @CsvSource({
        "FMA, 0x100, 2, 12", "BMI1, 0x700, 1, 3", "AVX2, 0x700, 1, 5", "AVX512F, 0x700, 1, 16",
        "AVX512DQ, 0x700, 1, 17", "AVX512BW, 0x700, 1, 30", "AVX512VL, 0x700, 1, 31", "AVX512_VNNI, 0x700, 2, 11",
        "AVX_VNNI, 0x701, 0, 4", "AVX512_BF16, 0x701, 0, 5"
    })
    void featureHasItsBit(Feature feature, String leaf, int register, int bit) {
        assertThat(features(Long.decode(leaf), register, bit, ALL_REGISTERS)).containsExactly(feature);
        assertThat(features(Long.decode(leaf), register, bit, 0)).isEmpty();
        boolean isLong = feature.name().startsWith("AVX512");
        assertThat(features(Long.decode(leaf), register, bit, SHORT_REGISTERS)).hasSize(isLong ? 0 : 1);
    }

    @Test
    void systemThatSavesNothingIsNotAsked() {
        var reading = new CpuidReading(new CpuidLeaves() {
            @Override
            public int[] ask(int leaf, int part) {
                return new int[] {leaf == 0 ? 7 : 0, -1, ~OSXSAVE, -1};
            }

            @Override
            public long saved() {
                throw new AssertionError("xgetbv does not exist here");
            }
        });
        assertThat(reading.processor().features()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void cachesAreProductsOfTheirParts(Vendor vendor) {
        // 8 ways of 64 sets of lines of 64 bytes; 8 ways of code; 16 ways of 1,024 sets; 16 ways of 32,768 sets.
        Map<Long, int[]> known = Map.of(
                key(0x80000001, 0),
                new int[] {0, 0, vendor == Vendor.AMD ? 1 << 22 : 0, 0},
                key(vendor.leaf, 0),
                new int[] {1 << 5 | 1, 7 << 22 | 63, 63, 0},
                key(vendor.leaf, 1),
                new int[] {1 << 5 | 2, 7 << 22 | 63, 63, 0},
                key(vendor.leaf, 2),
                new int[] {2 << 5 | 3, 15 << 22 | 63, 1023, 0},
                key(vendor.leaf, 3),
                new int[] {3 << 5 | 3, 15 << 22 | 63, 32767, 0});

        Processor processor = new CpuidReading(new Answers(known, 0)).processor();

        assertThat(processor).isEqualTo(new Processor(Set.of(), 32 << 10, 1 << 20, 32 << 20));
    }

    enum Vendor {
        INTEL(4),
        AMD(0x8000001D);

        private final int leaf;

        Vendor(int leaf) {
            this.leaf = leaf;
        }
    }
}
