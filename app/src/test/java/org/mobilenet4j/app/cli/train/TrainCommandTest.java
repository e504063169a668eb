package org.mobilenet4j.app.cli.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mobilenet4j.app.cli.Run;
import org.mobilenet4j.app.cli.Samples;
import org.mobilenet4j.app.output.FolderLock;
import org.mobilenet4j.data.augment.Augmentation;
import org.mobilenet4j.model.FoldedModel;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.file.ModelFile;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.train.Recipe;

/// `mobilenet train` on a few drawn pictures: what it prints and writes, and what it says of bad input.
class TrainCommandTest {
    private static final int EACH = 8;

    @TempDir
    private Path folder;

    private Path photos(String... classes) throws IOException {
        var photos = folder.resolve("photos");
        for (int c = 0; c < classes.length; c++) {
            var place = Files.createDirectories(photos.resolve(classes[c]));
            for (int i = 0; i < EACH; i++) {
                Samples.png(place.resolve(i + ".png"), 100L * c + i);
            }
        }
        return photos;
    }

    private Path out() {
        return folder.resolve("model.safetensors");
    }

    /// Options that come in pairs, in place of the usual ones where they are the same; flags last.
    private Run train(Path data, Object... more) {
        var options = new LinkedHashMap<String, Object>();
        options.put("--out", out());
        options.put("--network", "mobilenet-v1:0.25:32");
        options.put("--threads", 2);
        options.put("--batch", 4);
        options.put("--epochs", 2);
        options.put("--rate", 0.01);
        for (int i = 0; i + 1 < more.length; i += 2) {
            options.put(String.valueOf(more[i]), more[i + 1]);
        }
        var all = new ArrayList<Object>(List.of("train", data));
        options.forEach((name, value) -> all.addAll(List.of(name, value)));
        if (more.length % 2 != 0) {
            all.add(more[more.length - 1]);
        }
        return Run.of(all.toArray());
    }

    private static void assertFails(Run run, String says) {
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.errLines())
                .filteredOn(line -> line.startsWith("mobilenet: "))
                .hasSize(1);
        assertThat(run.errLines().getLast()).startsWith("mobilenet: ").contains(says);
    }

    @Test
    void profilesAStepWithoutPhotos() throws IOException {
        var arguments = List.of(
                "train",
                "--profile",
                "--network",
                "mobilenet-v1:0.25:32",
                "--classes",
                "3",
                "--batch",
                "2",
                "--threads",
                "2",
                "--seconds",
                "0.01");
        var run = Run.of(arguments.toArray());
        var inJson = new ArrayList<Object>(arguments);
        inJson.addAll(List.of("--format", "json"));
        var json = Run.of(inJson.toArray()).json();

        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("a step of 2 images on 2 threads", "weight gradient", "conv_", "waiting");
        assertThat(json.get("batch").asInt()).isEqualTo(2);
        var passes = json.get("passes").valueStream().toList();
        assertThat(passes).anySatisfy(pass -> {
            assertThat(pass.get("layer").asString()).isEqualTo("conv_pw_13");
            assertThat(pass.get("phase").asString()).isEqualTo("backward");
            assertThat(pass.get("pass").asString()).isEqualTo("product");
            assertThat(pass.get("multAdds").asLong()).isEqualTo(2L * 256 * 256);
            assertThat(pass.get("boundBy").asString()).isIn("compute", "memory");
        });
        assertThat(passes.stream()
                        .mapToDouble(pass -> pass.get("share").asDouble())
                        .sum())
                .isCloseTo(1, within(1e-9));
    }

    @Test
    void whatAProfileCannotTimeIsRefused() throws IOException {
        assertThat(Run.of("train", "--profile", "--resume").exit()).isEqualTo(2);
        assertThat(Run.of("train", "--profile", "--seconds", "0").errLines().getFirst())
                .contains("--seconds must be above 0");
        assertThat(Run.of("train", folder).errLines().getFirst()).contains("--out FILE");
        assertThat(Run.of("train", "--out", out()).errLines().getFirst()).contains("DATA");
    }

    @Test
    void writesAModelMetricsAndCurves() throws IOException {
        var photos = photos("cat", "dog");
        Files.writeString(photos.resolve("cat").resolve("notes.txt"), "no photo at all");
        var run = train(photos, "--format", "json");

        assertThat(run.exit()).isZero();
        var json = run.json();
        assertThat(json.get("finished").asBoolean()).isTrue();
        assertThat(json.get("history").size()).isEqualTo(2);
        assertThat(json.get("top1").asDouble()).isBetween(0.0, 1.0);
        var model = ModelFile.read(out());
        assertThat(model.labels()).containsExactly("cat", "dog");
        assertThat(model.notes()).containsKeys("recipe", "augmentation", "seed");
        assertThat(Files.readAllLines(folder.resolve("model-metrics.csv"))).hasSize(3);
        assertThat(ImageIO.read(folder.resolve("model-curves.png").toFile()).getWidth())
                .isGreaterThan(400);
        assertThat(Run.of("classify", "--model", out(), photos.resolve("cat/0.png"))
                        .exit())
                .isZero();
    }

    @Test
    void namesPhotosThatCannotBeRead() throws IOException {
        var photos = photos("cat", "dog");
        Files.writeString(photos.resolve("cat").resolve("broken.png"), "no photo at all");
        var run = train(photos, "--batch", 8);
        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("1 training photo could not be read").contains("broken.png");
    }

    /// Accuracy is that on the photos that could be read, and says so.
    @Test
    void validationPhotosThatCannotBeReadAreNotCounted() throws IOException {
        var photos = photos("cat", "dog");
        var validation = folder.resolve("validation");
        for (var name : new String[] {"cat", "dog"}) {
            var place = Files.createDirectories(validation.resolve(name));
            Samples.png(place.resolve("1.png"), 50);
            Samples.png(place.resolve("2.png"), 51);
            Files.writeString(place.resolve("3.png"), "no photo at all");
        }
        for (var more : List.of(new Object[] {}, new Object[] {
            "--init", Samples.model(folder.resolve("b.safetensors"), Samples.weights(), Samples.LABELS), "--head-only"
        })) {
            var all = new ArrayList<Object>(List.of("train", photos, "--out", out(), "--validation", validation));
            all.addAll(
                    more.length == 0
                            ? List.of("--network", "mobilenet-v1:0.25:32", "--epochs", 1, "--batch", 4)
                            : List.of(more));
            var run = Run.of(all.toArray());

            assertThat(run.exit()).as(run.err()).isZero();
            assertThat(run.out()).contains("on 4 validation photos", "2 validation photos could not be read", "3.png");
            assertThat(run.errLines().getFirst())
                    .isEqualTo("2 classes, 16 photos to learn from (8 of a class), 6 to validate on");
        }
    }

    @Test
    void validationPhotosThatWereLearnedAreNamed() throws IOException {
        var photos = photos("cat", "dog");
        Files.copy(photos.resolve("cat/0.png"), photos.resolve("cat/copy.png"));
        var run = train(photos, "--validation", photos, "--epochs", 1);

        assertThat(run.exit()).isZero();
        assertThat(run.err()).contains("warning: 17 of the 17 validation photos are among those learned");
        assertThat(train(photos("eel", "fox"), "--epochs", 1, "--only", "eel,fox")
                        .err())
                .doesNotContain("warning");
    }

    @Test
    void tooFewPhotosToHoldOut() throws IOException {
        var photos = folder.resolve("few");
        for (var name : new String[] {"a", "b", "c"}) {
            Samples.png(Files.createDirectories(photos.resolve(name)).resolve("0.png"), 1);
        }
        assertFails(train(photos), "has too few photos to hold a tenth out for validation, 3 photos of 3 classes");
    }

    /// The same command again would overwrite what an interrupted one left.
    @Test
    void unfinishedTrainingsAreNotOverwritten() throws IOException {
        var photos = photos("cat", "dog");
        assertThat(train(photos, "--pause-after", 1).exit()).isZero();
        assertFails(train(photos), "holds an unfinished training (epoch 2 of 2); go on with --resume");
        assertThat(train(photos, "--resume").exit()).isZero();
        assertThat(train(photos).exit()).isZero();
    }

    @Test
    void twoTrainingsOfOneModelAreRefused() throws IOException {
        var photos = photos("cat", "dog");
        try (var _ = FolderLock.takeFile(out(), "")) {
            assertFails(train(photos), "another process is training it");
        }
        assertThat(train(photos, "--epochs", 1).exit()).isZero();
        assertThat(folder.toFile().list()).noneMatch(name -> name.endsWith(".lock"));
    }

    @Test
    void finishedTrainingsResumeToNothing() throws IOException {
        var photos = photos("cat", "dog");
        assertThat(train(photos).exit()).isZero();
        var before = Files.readAllBytes(out());
        assertThat(train(photos, "--resume").exit()).isZero();
        assertThat(Files.readAllBytes(out())).isEqualTo(before);
        assertFails(train(photos, "--seed", 5, "--resume"), "belongs to a training with the seed 1, not 5");
        assertFails(
                train(photos, "--batch", 2, "--resume"), "belongs to a training with the recipe batch=4, not batch=2;");
    }

    @Test
    void pausesWhereItIsTold() throws IOException {
        var photos = photos("cat", "dog");
        assertThat(train(photos).exit()).isZero();
        var whole = Files.readAllBytes(out());
        var metrics = folder.resolve("model-metrics.csv");
        Files.delete(out());
        var paused = train(photos, "--pause-after", 1, "--format", "json");
        assertThat(paused.json().get("finished").asBoolean()).isFalse();
        assertThat(Files.readAllLines(metrics)).hasSize(2);
        Files.delete(folder.resolve("model.checkpoint"));
        assertThat(train(photos, "--pause-after", 1).out()).startsWith("stopped after epoch 1; continue with --resume");
        var resumed = train(photos, "--resume");
        assertThat(resumed.out()).contains("of 2");
        assertThat(Files.readAllLines(metrics)).hasSize(3);
        assertThat(Files.readAllBytes(out())).isEqualTo(whole);
    }

    @Test
    void finetunesAnotherModel() throws IOException {
        var base = Samples.model(folder.resolve("base.safetensors"), weights(), Samples.LABELS);
        var run = Run.of(
                "train",
                photos("cat", "dog"),
                "--out",
                out(),
                "--init",
                base,
                "--batch",
                4,
                "--epochs",
                1,
                "--freeze",
                "conv_pw_9_relu");
        assertThat(run.exit()).as(run.err()).isZero();
        var trained = ModelFile.read(out());
        assertThat(trained.classes()).isEqualTo(2);
        assertKept("conv_pw_9/kernel", trained);
        assertThat(trained.weights().get("conv_pw_10/kernel").toArray())
                .isNotEqualTo(weights().get("conv_pw_10/kernel").toArray());
    }

    @Test
    void trainsWhatTechniquesMake() throws IOException {
        var photos = photos("cat", "dog");
        var run = train(photos, "--epochs", 1, "--apply", "shuffle=4,even", "--strides", "1,1,2,1,1,1,2,1,1,1,1,1,2,2");
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(ModelFile.read(out()).network().name())
                .isEqualTo("mobilenet-v1-0.25-32-strides-11211121111122-shuffle-4-even");
        assertThat(Run.of("classify", "--model", out(), photos.resolve("cat/0.png"))
                        .exit())
                .isZero();
        assertFails(train(photos, "--apply", "separable"), "separable changes nothing in mobilenet-v1-0.25-32");
    }

    /// What keeps its name and its dimensions keeps its weights.
    @Test
    void techniquesChangeTheNetworkThatIsFinetuned() throws IOException {
        var base = Samples.model(folder.resolve("base.safetensors"), weights(), Samples.LABELS);
        var run = Run.of(
                "train",
                photos("cat", "dog"),
                "--out",
                out(),
                "--init",
                base,
                "--apply",
                "shallow",
                "--batch",
                4,
                "--epochs",
                1,
                "--freeze",
                "conv_pw_12_relu");
        assertThat(run.exit()).as(run.err()).isZero();
        var trained = ModelFile.read(out());
        assertThat(trained.network().name()).endsWith("-shallow");
        assertThat(trained.weights().tensors()).doesNotContainKey("conv_pw_9/kernel");
        assertKept("conv_pw_12/kernel", trained);
    }

    /// What is printed of an epoch is what the file is worth, to the last photo.
    @Test
    void theSameAccuracyByEvaluate() throws IOException {
        var photos = photos("cat", "dog");
        var run = train(photos, "--validation", photos, "--format", "json");
        double best = run.json().get("top1").asDouble();
        var again =
                Run.of("evaluate", "--model", out(), "--format", "json", photos).json();
        assertThat(again.get("images").asInt()).isEqualTo(2 * EACH);
        assertThat(again.get("top1").asDouble())
                .isEqualTo(best)
                .isEqualTo(run.json()
                        .get("history")
                        .valueStream()
                        .mapToDouble(epoch -> epoch.get("top1").asDouble())
                        .max()
                        .orElseThrow());
    }

    /// As TFLite files have them: they are trained like those that have their normalizations, and have them then.
    @Test
    void foldedNormalizationsArePutBack() throws IOException {
        var base = Samples.model(folder.resolve("base.safetensors"), weights(), Samples.LABELS);
        var folded = folder.resolve("folded.safetensors");
        ModelFile.write(FoldedModel.of(ModelFile.read(base)), folded, ElementType.FLOAT32);
        var photos = photos("cat", "dog");
        var run = Run.of("train", photos, "--out", out(), "--init", folded, "--batch", 4, "--epochs", 1);
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.err())
                .contains("the batch normalizations that were folded")
                .doesNotContain("random");
        var trained = ModelFile.read(out());
        assertThat(trained.notes().get("recipe")).contains("\"rate\":\"" + Recipe.UNFOLDED.rate());
        assertThat(trained.network().parameters().keySet())
                .isEqualTo(ModelFile.read(base).network().parameters().keySet());
        var resumed =
                Run.of("train", photos, "--out", out(), "--init", folded, "--batch", 4, "--epochs", 2, "--resume");
        assertThat(resumed.exit()).as(resumed.err()).isZero();
        assertThat(resumed.out()).contains("of 2");
    }

    @Test
    void classesAndMixturesAreWeighed() throws IOException {
        var photos = photos("cat", "dog");
        Samples.png(photos.resolve("cat/more.png"), 77);
        assertThat(train(photos, "--epochs", 1).exit()).isZero();
        var kept = Files.readAllBytes(out());
        var balanced = train(photos, "--epochs", 1, "--balanced");
        assertThat(balanced.exit()).as(balanced.err()).isZero();
        assertThat(Files.readAllBytes(out())).isNotEqualTo(kept);
        assertFails(train(photos, "--epochs", 1, "--resume"), "belongs to a training with the loss ");
        var mixed = train(photos, "--mixup", 0.2, "--mixing", 0.5, "--mixing-epochs", 1);
        assertThat(mixed.exit()).as(mixed.err()).isZero();
        assertThat(ModelFile.read(out()).notes().get("augmentation")).endsWith("mixing=0.5, mixedEpochs=1]");
        assertFails(train(photos, "--mixing", 2), "a probability between 0 and 1");
    }

    /// Crops would show things larger than validation does, and without more detail.
    @Test
    void smallPhotosAreShiftedByDefault() throws IOException {
        var photos = photos("cat", "dog");
        train(photos, "--network", "mobilenet-v1:0.25:224");
        assertThat(ModelFile.read(out()).notes().get("augmentation")).isEqualTo(Augmentation.LIGHT.toString());
        train(photos);
        assertThat(ModelFile.read(out()).notes().get("augmentation"))
                .startsWith("Augmentation[crop=RandomCrop[smallest=0.35");
    }

    @Test
    void saysWhatIsNotLearned() throws IOException {
        var photos = photos("cat", "dog");
        var still = train(photos, "--rate", 1e-9);
        assertThat(still.out())
                .contains("(standard error ")
                .contains("which chose epoch 2 of 2")
                .contains("warning:");
        var base = Samples.model(folder.resolve("base.safetensors"), weights(), Samples.LABELS);
        var run = train(photos, "--init", base, "--network", "mobilenet-v1:0.25:32", "--apply", "width=0.5");
        assertThat(run.err()).contains("layers start from random weights").contains("conv_pw_13");
    }

    @Test
    void fitsTheLastLayerAlone() throws IOException {
        var base = Samples.model(folder.resolve("base.safetensors"), weights(), Samples.LABELS);
        var photos = photos("cat", "dog");
        var run = Run.of("train", photos, "--out", out(), "--init", base, "--head-only", "--format", "json");
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.json().get("images").asInt()).isEqualTo(14);
        assertThat(run.json().get("decay").asDouble()).isPositive();
        var trained = ModelFile.read(out());
        assertThat(trained.labels()).containsExactly("cat", "dog");
        assertKept("conv_pw_13/kernel", trained);
        assertThat(Run.of("train", photos, "--out", out(), "--init", base, "--head-only")
                        .out())
                .contains("last layer fitted to 14 photos");

        var noBase = Run.of("train", photos, "--out", out(), "--head-only");
        assertThat(noBase.exit()).isEqualTo(2);
        assertThat(noBase.err()).contains("--init MODEL");
        assertThat(Run.of("train", photos, "--out", out(), "--init", base, "--head-only", "--epochs", 3)
                        .exit())
                .isEqualTo(2);
    }

    private static void assertKept(String tensor, Model trained) {
        assertThat(trained.weights().get(tensor).toArray())
                .isEqualTo(weights().get(tensor).toArray());
    }

    private static org.mobilenet4j.model.Weights weights() {
        return org.mobilenet4j.model.Weights.random(Samples.network(), 1);
    }

    @Test
    void saysWhatIsWrongWithTheData() throws IOException {
        var photos = photos("cat", "dog");
        Files.createDirectory(photos.resolve("eel"));
        assertFails(train(photos), "eel");
        Files.delete(photos.resolve("eel"));
        assertFails(train(photos, "--batch", 100), "too few for a batch of 100");
        assertFails(train(folder.resolve("nothing")), "nothing");
        assertFails(train(photos, "--rate", 1e30), "diverged");
        assertFails(train(photos, "--freeze", "conv_77"), "no layer called conv_77");
        assertFails(train(photos, "--recipe", "secret"), "no recipe called secret");
        assertFails(train(photos, "--classes", 9), "--classes 9");
        assertThat(out()).doesNotExist();
    }

    @Test
    void wantsTwoClassesAndTheSameInValidation() throws IOException {
        assertFails(train(photos("cat")), "class");
        var photos = photos("cat", "dog");
        var other = Files.createDirectories(folder.resolve("other"));
        for (var name : List.of("cat", "fox")) {
            Samples.png(Files.createDirectory(other.resolve(name)).resolve("1.png"), 3);
        }
        assertFails(train(photos, "--validation", other), "'dog'");
    }
}
