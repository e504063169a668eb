package org.mobilenet4j.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Flatten;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Parallel.Join;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.tensor.Shape;

class ActivationMemoryTest {
    /// 100 pixels, so that a channel is 400 bytes.
    private static final Shape INPUT = new Shape(10, 10, 3);

    private static final long CHANNEL = 400;

    private static List<Long> liveChannels(Layer... layers) {
        var memory = ActivationMemory.of(new Network("test", INPUT, Sequence.of(layers)));
        return memory.liveBytes().stream().map(bytes -> bytes / CHANNEL).toList();
    }

    /// The first pointwise layer reads 112x112x32 and writes 112x112x64; nothing later is as large.
    @Test
    void mobileNetPeaksAtItsFirstPointwiseLayer() {
        var memory = ActivationMemory.of(MobileNetV1.of(1, 224, 1000).network());

        assertThat(memory.peakBytes()).isEqualTo(112 * 112 * (32 + 64) * 4).isEqualTo(4_816_896);
        assertThat(memory.peakLayer()).isEqualTo("conv_pw_1");
    }

    @Test
    void aChainHoldsInputAndOutput() {
        assertThat(liveChannels(
                        Conv.pointwise("a", 8), new BatchNorm("bn"), Activation.relu("relu"), Conv.pointwise("b", 4)))
                .containsExactly(3L + 8, 8L, 8L, 8L + 4);
    }

    @Test
    void theImageIsNotOverwritten() {
        assertThat(liveChannels(new BatchNorm("bn"), new Flatten("flatten"))).containsExactly(3L + 3, 3L);
    }

    /// While the branch runs, the residual's source waits; its ReLU may not overwrite it.
    @Test
    void aResidualBlockKeepsItsSource() {
        var branch = Sequence.of(Activation.relu("relu"), Conv.pointwise("b", 8));
        assertThat(liveChannels(
                        Conv.pointwise("a", 8), new Parallel("add", Join.ADD, List.of(Sequence.identity(), branch))))
                .containsExactly(3L + 8, 8L + 8, 8L + 8 + 8, 8L + 8 + 8);
    }

    /// The joined map of 5 + 7 channels is held from the first branch's write on; joining it costs nothing more.
    @Test
    void aConcatenationIsWrittenInPlace() {
        var first = Sequence.of(Conv.pointwise("b", 5), Activation.relu("b_relu"));
        var second = Sequence.of(Conv.pointwise("c", 2), Conv.pointwise("d", 7));
        assertThat(liveChannels(Conv.pointwise("a", 8), new Parallel("cat", Join.CONCATENATE, List.of(first, second))))
                .containsExactly(3L + 8, 8L + 12, 12L + 8, 12L + 8 + 2, 12L + 2, 12L);
    }

    @Test
    void anIdentityBranchIsCopied() {
        assertThat(liveChannels(
                        Conv.pointwise("a", 8),
                        new Parallel("cat", Join.CONCATENATE, List.of(Sequence.identity(), Conv.pointwise("b", 5)))))
                .containsExactly(3L + 8, 8L + 13, 8L + 13);
    }

    @Test
    void noLayersAtAll() {
        assertThat(ActivationMemory.of(new Network("empty", INPUT, Sequence.identity())))
                .isEqualTo(new ActivationMemory(List.of(), 3 * CHANNEL, "input"));
    }

    @Test
    void agreesWithASimulation() {
        for (var network : RandomTrees.networks(500, 20250101)) {
            var memory = ActivationMemory.of(network);
            var simulated = MemorySimulation.liveBytes(network);

            assertThat(memory.liveBytes()).as(network.body().toString()).isEqualTo(simulated);
            assertThat(memory.peakBytes()).isEqualTo(Collections.max(simulated));
        }
    }
}
