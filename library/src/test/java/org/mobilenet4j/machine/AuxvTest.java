package org.mobilenet4j.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

/// What Linux says of a processor.
class AuxvTest {
    private static Processor processor(long... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(numbers);
        return Auxv.processor(bytes.array());
    }

    @Test
    void featuresAreBitsOfOnePair() {
        assertThat(processor(6, -1, 16, 1 << 1, 26, -1, 0, 0).features()).containsExactly(Feature.ASIMD);
        assertThat(processor(16, 1 << 20 | 1 << 1, 0, 0).features())
                .containsExactlyInAnyOrder(Feature.ASIMD, Feature.ASIMDDP);
        assertThat(processor(16, ~(1L << 20 | 1L << 1), 0, 0).features()).isEmpty();
        assertThat(processor(0, 0).features()).isEmpty();
    }

    @Test
    void pairThatIsCutOffSaysNothing() {
        assertThat(processor(16).features()).isEmpty();
    }
}
