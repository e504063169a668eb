package org.mobilenet4j.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mobilenet4j.machine.Feature.ASIMD;
import static org.mobilenet4j.machine.Feature.ASIMDDP;
import static org.mobilenet4j.machine.Feature.AVX2;
import static org.mobilenet4j.machine.Feature.AVX512BW;
import static org.mobilenet4j.machine.Feature.AVX512DQ;
import static org.mobilenet4j.machine.Feature.AVX512F;
import static org.mobilenet4j.machine.Feature.AVX512VL;
import static org.mobilenet4j.machine.Feature.AVX512_VNNI;
import static org.mobilenet4j.machine.Feature.BMI1;
import static org.mobilenet4j.machine.Feature.FMA;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Which instructions are chosen for a processor.
class IsaTest {
    private static final Processor OLD = new Processor(Set.of(), 0, 0, 0);
    private static final Processor HASWELL = new Processor(Set.of(AVX2, FMA, BMI1), 0, 0, 0);
    private static final Processor SKYLAKE =
            new Processor(Set.of(AVX2, FMA, BMI1, AVX512F, AVX512BW, AVX512DQ, AVX512VL), 0, 0, 0);
    private static final Processor ZEN4 =
            new Processor(Set.of(AVX2, FMA, BMI1, AVX512F, AVX512BW, AVX512DQ, AVX512VL, AVX512_VNNI), 0, 0, 0);
    private static final Processor CORTEX_A72 = new Processor(Set.of(ASIMD), 0, 0, 0);
    private static final Processor NEOVERSE = new Processor(Set.of(ASIMD, ASIMDDP), 0, 0, 0);
    private static final Processor KNIGHTS = new Processor(Set.of(AVX2, FMA, BMI1, AVX512F), 0, 0, 0);

    @Test
    void isTheBestThatTheProcessorHas() {
        assertThat(Isa.choose(OLD, Optional.empty())).isEmpty();
        assertThat(Isa.choose(HASWELL, Optional.empty())).contains(Isa.AVX2);
        assertThat(Isa.choose(SKYLAKE, Optional.empty())).contains(Isa.AVX512);
        assertThat(Isa.choose(ZEN4, Optional.empty())).contains(Isa.AVX512_VNNI);
        assertThat(Isa.choose(KNIGHTS, Optional.empty())).contains(Isa.AVX2);
        assertThat(Isa.choose(CORTEX_A72, Optional.empty())).contains(Isa.NEON);
        assertThat(Isa.choose(NEOVERSE, Optional.empty())).contains(Isa.NEON_DOT);
    }

    @Test
    void mayBeForcedDownwardsOnly() {
        assertThat(Isa.choose(ZEN4, Optional.of(Isa.AVX512))).contains(Isa.AVX512);
        assertThat(Isa.choose(ZEN4, Optional.of(Isa.AVX2))).contains(Isa.AVX2);
        assertThat(Isa.choose(OLD, Optional.of(Isa.AVX2))).isEmpty();
        assertThat(Isa.choose(NEOVERSE, Optional.of(Isa.NEON))).contains(Isa.NEON);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Isa.choose(HASWELL, Optional.of(Isa.AVX512)))
                .withMessage("-Dmobilenet4j.isa=avx512: this processor does not have that");
        assertThatIllegalArgumentException().isThrownBy(() -> Isa.choose(HASWELL, Optional.of(Isa.NEON)));
        assertThatIllegalArgumentException().isThrownBy(() -> Isa.choose(NEOVERSE, Optional.of(Isa.AVX2)));
    }

    @Test
    void namesAreToldWhereOneIsWrong() {
        assertThat(Isa.named("avx512vnni")).isEqualTo(Isa.AVX512_VNNI);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Isa.named("sse"))
                .withMessage("-Dmobilenet4j.isa=sse: take avx512vnni, avx512, avx2, neondot or neon");
    }
}
