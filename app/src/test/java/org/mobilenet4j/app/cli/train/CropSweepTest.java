package org.mobilenet4j.app.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mobilenet4j.app.cli.Run;
import org.mobilenet4j.app.cli.Samples;
import org.mobilenet4j.data.Folder;
import org.mobilenet4j.model.file.ModelFile;

class CropSweepTest {
    @TempDir
    private Path folder;

    private Path photos(int each) throws IOException {
        for (var name : new String[] {"cat", "dog"}) {
            var place = Files.createDirectories(folder.resolve("photos").resolve(name));
            for (int i = 0; i < each; i++) {
                Samples.png(place.resolve(i + ".png"), i);
            }
        }
        return folder.resolve("photos");
    }

    /// A twentieth of the photos is neither trained on nor chooses the epoch.
    @Test
    void holdsPhotosOutOfTraining() throws IOException {
        var data = Folder.open(photos(40));
        assertThat(CropSweep.isPossible(data)).isFalse();
        var sweep = CropSweep.of(data, 1);
        assertThat(sweep.heldOut().size()).isEqualTo(4);
        assertThat(sweep.train().size()).isEqualTo(76);
        assertThat(sweep.text(ModelFile.read(Samples.model(folder)), 1))
                .startsWith("crop and resolution, on 4 photos held out of training")
                .contains("  0.875 at 40: top-1 ", "  1.000 at 32: top-1 ")
                .hasLineCount(7);
    }

    /// From 2,000 photos on a twentieth is held out, unless the user wants to train on them all. A tenth is for
    /// validation.
    @Test
    void largeSetsGiveSomeAway() throws IOException {
        int photos = 2400;
        var images = ByteBuffer.allocate(16 + 16 * photos)
                .putInt(0x803)
                .putInt(photos)
                .putInt(4)
                .putInt(4);
        var labels = ByteBuffer.allocate(8 + photos).putInt(0x801).putInt(photos);
        for (int i = 0; i < photos; i++) {
            labels.put((byte) (i % 2));
            images.putShort(16 + 16 * i, (short) i);
        }
        var data = Files.createDirectories(folder.resolve("idx"));
        Files.write(data.resolve("train-images-idx3-ubyte"), images.array());
        Files.write(data.resolve("train-labels-idx1-ubyte"), labels.array());

        assertThat(train(data)).contains("108 photos held out", "2 classes, 2052 photos", "  0.875 at 40: top-1 ");
        assertThat(train(data, "--no-sweep")).contains("2 classes, 2160 photos").doesNotContain("held out");
    }

    private String train(Path data, Object... more) {
        var all = new ArrayList<Object>(List.of("train", data, "--out", folder.resolve("out.safetensors")));
        all.addAll(List.of("--network", "mobilenet-v1:0.25:32", "--epochs", 1, "--batch", 100, "--threads", 2));
        all.addAll(List.of(more));
        var run = Run.of(all.toArray());
        assertThat(run.exit()).as(run.err()).isZero();
        return run.err();
    }
}
