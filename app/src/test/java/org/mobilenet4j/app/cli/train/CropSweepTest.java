package org.mobilenet4j.app.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
}
