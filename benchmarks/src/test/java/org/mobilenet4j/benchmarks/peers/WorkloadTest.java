package org.mobilenet4j.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mobilenet4j.tensor.Shape;

class WorkloadTest {
    @Test
    void readsAsManyImagesAsTheBatchHas(@TempDir Path folder) throws IOException {
        var images = new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
        Workload.write(images, folder.resolve("images"));
        var shape = new Shape(1, 2, 3);

        var one = Workload.read(folder.resolve("images"), 1, 1);
        var two = Workload.read(folder.resolve("images"), 2, 1);

        assertThat(one.channelsLast(shape)).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(two.channelsLast(shape)).containsExactly(images);
        assertThat(one.channelsFirst(shape)).containsExactly(1, 4, 2, 5, 3, 6);
        assertThat(two.channelsFirst(shape)).containsExactly(1, 4, 2, 5, 3, 6, 7, 10, 8, 11, 9, 12);
    }
}
