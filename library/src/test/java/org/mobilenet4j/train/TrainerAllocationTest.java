package org.mobilenet4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.GlobalAveragePool;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Parallel;
import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.kernel.variant.KernelVariant;
import org.mobilenet4j.tensor.Shape;

/// What operations hand to each other are small values, which the compiler has to take apart.
class TrainerAllocationTest {
    private static final int BATCH = 4;

    private static Network network(int channels) {
        return new Network(
                "small",
                new Shape(16, 16, 3),
                Sequence.of(
                        Conv.of("conv1", channels, Window.square(3, 2, Padding.SAME)),
                        new BatchNorm("conv1_bn"),
                        Activation.relu6("conv1_relu"),
                        DepthwiseConv.of("conv_dw_1", Window.square(3, 1, Padding.SAME)),
                        new BatchNorm("conv_dw_1_bn"),
                        Activation.relu6("conv_dw_1_relu"),
                        Conv.pointwise("conv_pw_1", channels),
                        new Parallel(
                                "add",
                                Parallel.Join.ADD,
                                List.of(Sequence.identity(), Conv.pointwise("branch", channels))),
                        new Parallel(
                                "gate",
                                Parallel.Join.MULTIPLY,
                                List.of(Sequence.identity(), Conv.pointwise("other", channels))),
                        new Pool("pool", Pool.Kind.MAX, Window.square(2, 2, Padding.VALID)),
                        new GlobalAveragePool("mean"),
                        Dense.of("conv_preds", 3)));
    }

    /// With plain loops, and with what the process has; the Vector API boxes until all is compiled, which takes long.
    @Tag("alone")
    @ParameterizedTest
    @CsvSource({"false, 8, float32", "true, 8, float32", "true, 16, bf16"})
    void nothingIsAllocatedInTheSteadyState(boolean isFast, int channels, String precision) {
        assumeTrue(!isFast || KernelVariant.preferred() == KernelVariant.MACHINE);
        var network = network(channels);
        var options = TrainerOptions.of(Recipe.DEFAULT.withBatch(BATCH).with("precision", precision))
                .withThreads(1)
                .withVectors(isFast);
        var trainer = Trainer.of(network, InitialWeights.of(network, 1), options);
        var images = new float[BATCH * network.input().elements()];
        var random = new Random(5);
        for (int i = 0; i < images.length; i++) {
            images[i] = (float) random.nextGaussian();
        }
        var targets = new float[BATCH * 3];
        for (int row = 0; row < BATCH; row++) {
            targets[row * 3 + row % 3] = 1;
        }
        assertThat(bytesAStepInTheEnd(trainer, images, targets)).isLessThan(100);
    }

    /// Only once all is compiled: that takes its time on a busy machine.
    private static long bytesAStepInTheEnd(Trainer trainer, float[] images, float[] targets) {
        long bytes = Long.MAX_VALUE;
        long patience = System.nanoTime() + 30_000_000_000L;
        while (bytes >= 100 && System.nanoTime() < patience) {
            long before = allocated();
            for (int i = 0; i < 100; i++) {
                trainer.step(images, targets, BATCH, 1e-3);
            }
            bytes = (allocated() - before) / 100;
        }
        return bytes;
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(Thread.currentThread().threadId());
    }
}
