package org.mobilenet4j.app.cli.prune;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mobilenet4j.app.cli.Run;
import org.mobilenet4j.app.cli.Samples;
import org.mobilenet4j.cost.Cost;
import org.mobilenet4j.formats.ModelFormats;
import org.mobilenet4j.model.file.ModelFile;

/// `mobilenet prune` on a network of random weights and a few drawn pictures.
class PruneCommandTest {
    private static final int EACH = 4;

    @TempDir
    private Path folder;

    private Path model;
    private Path photos;

    @BeforeEach
    void write() throws IOException {
        model = Samples.model(folder);
        photos = folder.resolve("photos");
        for (var label : Samples.LABELS) {
            var place = Files.createDirectories(photos.resolve(label));
            for (int i = 0; i < EACH; i++) {
                Samples.png(place.resolve(i + ".png"), label.hashCode() + i);
            }
        }
    }

    private Run prune(String out, Object... options) {
        var all = new ArrayList<Object>(List.of("prune", model, "--out", folder.resolve(out)));
        all.addAll(List.of(options));
        return Run.of(all.toArray());
    }

    /// Options of a short training.
    private Object[] tuned(Object... options) {
        var all = new ArrayList<>(List.of(options));
        all.addAll(List.of("--data", photos, "--validation", photos, "--epochs", 2, "--batch", 7, "--threads", 2));
        all.addAll(List.of("--augment", "light", "--rate", 0.001));
        return all.toArray();
    }

    @Test
    void takesChannelsOut() throws IOException {
        var run = prune("half.safetensors", "--channels", "--by", "l1", "--format", "json");
        assertThat(run.exit()).as(run.err()).isZero();
        var json = run.json();
        long before = json.get("before").get("multAdds").asLong();
        assertThat(before).isEqualTo(Cost.of(Samples.network()).multAdds());
        long after = json.get("after").get("multAdds").asLong();
        assertThat(after).isLessThanOrEqualTo(before / 2);
        assertThat(json.get("before").has("top1")).isFalse();
        assertThat(json.get("layers").get(0).get("channels").asInt()).isEqualTo(8);
        var pruned = ModelFile.read(folder.resolve("half.safetensors"));
        assertThat(Cost.of(pruned.network()).multAdds()).isEqualTo(after);
        assertThat(pruned.notes().get("pruned")).contains("0.5 of the mult-adds by l1");
        assertThat(json.get("fileBytes").asLong())
                .isEqualTo(json.get("bytes").get("float32").asLong());
        var text = prune("half.safetensors", "--channels", "--mult-adds", 0.8, "--validation", photos);
        assertThat(text.out()).contains("conv_pw_13").contains("top-1").contains("packed (.mnz)");
    }

    /// Scales tell channels apart after a training that penalizes them.
    @Test
    void saysWhereScalesTellLittle() throws IOException {
        assertThat(prune("by-scale.safetensors", "--channels").err()).contains("scale-penalty=1e-4");
        assertThat(prune("by-l1.safetensors", "--channels", "--by", "l1").err()).doesNotContain("scale-penalty");
        var slim = folder.resolve("slim.safetensors");
        var trained = Run.of(
                "train",
                photos,
                "--out",
                slim,
                "--init",
                model,
                "--epochs",
                1,
                "--batch",
                7,
                "--set",
                "scale-penalty=1e-4");
        assertThat(trained.exit()).as(trained.err()).isZero();
        model = slim;
        assertThat(prune("slimmer.safetensors", "--channels").err()).doesNotContain("scale-penalty");
    }

    @Test
    void trainsWhatIsLeft() throws IOException {
        var run = prune("tuned.safetensors", tuned("--channels", "--format", "json"));
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.json().get("after").get("top1").asDouble()).isBetween(0.0, 1.0);
        var tuned = ModelFile.read(folder.resolve("tuned.safetensors"));
        assertThat(tuned.labels()).isEqualTo(Samples.LABELS);
        assertThat(tuned.notes()).containsKeys("pruned", "pruned and trained on");
        assertThat(folder.resolve("tuned-metrics.csv")).exists();
        assertThat(prune("tuned.safetensors", tuned("--channels", "--resume")).exit())
                .isZero();
    }

    /// Sparse, then clustered, then packed, and read by other commands; the training beside it at
    /// another size.
    @Test
    void packsWhatRepeats() throws IOException {
        var sparse = prune("sparse.safetensors", tuned("--sparsity", 0.8, "--format", "json"));
        assertThat(sparse.exit()).as(sparse.err()).isZero();
        assertThat(sparse.json().get("after").get("sparsity").asDouble()).isBetween(0.7, 0.8);
        model = folder.resolve("sparse.safetensors");
        var packed =
                prune("small.mnz", tuned("--clusters", 16, "--format", "json", "--float16", "--train-resolution", 48));
        assertThat(packed.exit()).as(packed.err()).isZero();
        var bytes = packed.json().get("bytes");
        assertThat(packed.json().get("fileBytes").asLong())
                .isLessThan(bytes.get("int8").asLong())
                .isEqualTo(Files.size(folder.resolve("small.mnz")));
        var read = ModelFormats.read(folder.resolve("small.mnz"));
        assertThat(read.network().input().height()).isEqualTo(32);
        assertThat(read.notes().get("pruned")).contains("0.8 zeros").contains("; 16 values");
        assertThat(Run.of("inspect", folder.resolve("small.mnz")).exit()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--sparsity 1.0 | below 1",
                "--sparsity NaN | below 1",
                "--clusters 1 | at least two values",
                "--clusters 73 | has 72 weights, fewer than 73 values",
                "--channels --mult-adds 0.001 | leaves no channels",
                "--channels --mult-adds 2 | below 1",
                "--channels --by luck | scale or l1",
                "--sparsity 0.5 --ramp 2 | --ramp"
            })
    void saysWhatIsWrong(String options, String says) {
        var run = prune("never.safetensors", (Object[]) options.split(" "));
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.errLines()).hasSize(1);
        assertThat(run.err()).startsWith("mobilenet: ").contains(says);
        assertThat(folder.resolve("never.safetensors")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "'', one of --channels",
        "--channels --sparsity 0.5, one of --channels",
        "--channels --global, another way of pruning",
        "--sparsity 0.5 --mult-adds 0.5, another way of pruning",
        "--sparsity 0.5 --epochs 3, give --data",
        "--sparsity x, --sparsity"
    })
    void saysHowItIsUsed(String options, String says) {
        var run = prune("never.safetensors", (Object[]) (options.isEmpty() ? new String[0] : options.split(" ")));
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains(says);
    }

    @Test
    void refusesOtherClassesAndFormats() throws IOException {
        assertThat(prune("never.txt", "--channels").err()).contains("this format cannot be written");
        var other = Files.createDirectories(folder.resolve("other"));
        for (var label : List.of("ant", "bee")) {
            Samples.png(Files.createDirectory(other.resolve(label)).resolve("0.png"), 1);
        }
        assertThat(prune("never.safetensors", "--channels", "--validation", other)
                        .err())
                .contains("its 2 classes are not the model's 7");
        assertThat(Run.of("prune", model, "--out", model, "--channels").err()).contains("is both input and output");
    }
}
