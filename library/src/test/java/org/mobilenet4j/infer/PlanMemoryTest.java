package org.mobilenet4j.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.kernel.variant.KernelVariant;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;

/// Code, weights and feature maps off the heap are freed with the plans and sessions they belong to.
class PlanMemoryTest {
    private static final int PLANS = 10_000;

    /// Far less than half of the plans take together, which is more than 4 GB.
    private static final long MOST_KILOBYTES = 500_000;

    private static final Path MAPPINGS = Path.of("/proc/self/maps");

    @Test
    void nothingIsLeftOfPlansThatNobodyHolds() throws IOException {
        assumeTrue(KernelVariant.available().contains(KernelVariant.MACHINE), "no machine code here");
        assumeTrue(Files.exists(MAPPINGS), "no /proc here");
        var network = MobileNetV1.of(0.25, 32, 10).network();
        var model = new Model(network, Weights.random(network, 1), List.of(), Preprocessing.TF_SLIM);
        var options = SessionOptions.DEFAULT.withKernels(SessionOptions.Kernels.MACHINE);
        var image = new float[network.input().elements()];
        var expected = Session.open(model, options).run(image, 1);
        long before = 0;
        long mostMappings = 0;
        for (int i = 0; i < PLANS; i++) {
            var actual = Session.open(model, options).run(image, 1);
            if (i % 1000 == 0) {
                assertThat(actual).isEqualTo(expected);
                mostMappings = Math.max(mostMappings, mappings());
            }
            if (i == PLANS / 2) { // the heap has its size by now
                before = residentKilobytes();
            }
        }

        assertThat(residentKilobytes() - before).as("kB more than halfway").isLessThan(MOST_KILOBYTES);
        assertThat(mostMappings).as("mappings, of which Linux permits 65,530").isLessThan(30_000);
    }

    private static long mappings() throws IOException {
        try (var lines = Files.lines(MAPPINGS)) {
            return lines.count();
        }
    }

    private static long residentKilobytes() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException("no VmRSS");
    }
}
