package org.mobilenet4j.formats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mobilenet4j.compress.quantize.Photos;
import org.mobilenet4j.compress.quantize.PostTraining;
import org.mobilenet4j.compress.quantize.QuantizationOptions;
import org.mobilenet4j.data.DataSet;
import org.mobilenet4j.data.Subset;
import org.mobilenet4j.data.augment.Augmentation;
import org.mobilenet4j.data.batch.BatchSpec;
import org.mobilenet4j.data.batch.Batches;
import org.mobilenet4j.formats.dataset.DataSets;
import org.mobilenet4j.infer.Session;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.tensor.ElementType;

/// The network that comes with the command, in integers: TensorFlow Lite says the same of real photos, to the bit.
class DefaultNetworkInt8Test {
    /// All of them: `-Dmobilenet4j.photos=5000`.
    private static final int PHOTOS = Integer.getInteger("mobilenet4j.photos", 400);

    private static final int CALIBRATION = 256;
    private static final int BATCH = 50;

    @TempDir
    private Path folder;

    private static Batches batches(DataSet photos, Model model) {
        return Batches.validation(
                photos, new BatchSpec(model.network().input(), model.preprocessing(), Augmentation.NONE, BATCH, 1, 2));
    }

    @Test
    void tfliteAgreesOnEveryPhoto() throws IOException {
        var training = DataSets.open(SharedFiles.data("tiny-imagenet/train-0.tar.gz"));
        var validation = Subset.evenly(DataSets.open(SharedFiles.data("tiny-imagenet/val.tar.gz")), PHOTOS, 1);
        var model = ModelFormats.read(Path.of("../default/src/main/resources/org/mobilenet4j/default.safetensors"));
        var quantized = quantized(model, Subset.evenly(training, CALIBRATION, 1));
        var file = folder.resolve("int8.tflite");
        ModelFormats.write(quantized, file, ElementType.FLOAT32);

        var oracle = new TfliteOracle(file, false);
        var session = Session.open(quantized, 2);
        assertThat(session.plan().usesIntegers()).isTrue();
        var maps = quantized.quantization().orElseThrow();
        var input = maps.input();
        var output = maps.of(quantized.network(), quantized.network().nodes().size());
        int inputs = quantized.network().input().elements();
        int right = 0;
        int rightInTflite = 0;
        int seen = 0;
        try (var batches = batches(validation, model)) {
            batches.start(0);
            for (var next = batches.next(); next.isPresent(); next = batches.next()) {
                var batch = next.get();
                for (int i = 0; i < batch.count(); i++) {
                    var image = Arrays.copyOfRange(batch.images(), i * inputs, (i + 1) * inputs);
                    var stored = new byte[inputs];
                    for (int x = 0; x < inputs; x++) {
                        stored[x] = (byte) (rounded(image[x] / input.scale()) + input.zeroPoint());
                    }
                    var theirs = oracle.run(stored);
                    var scores = session.run(image, 1);
                    var ours = new byte[scores.length];
                    for (int c = 0; c < ours.length; c++) {
                        ours[c] = (byte) (Math.round(scores[c] / output.scale()) + output.zeroPoint());
                    }
                    assertThat(ours).as("photo %s", seen).isEqualTo(theirs);
                    right += likeliest(ours) == batch.labels()[i] ? 1 : 0;
                    rightInTflite += likeliest(theirs) == batch.labels()[i] ? 1 : 0;
                    seen++;
                }
            }
        }
        assertThat(seen).isEqualTo(PHOTOS);
        assertThat(right).isEqualTo(rightInTflite).isGreaterThan(PHOTOS * 45 / 100);
    }

    private static Model quantized(Model model, DataSet photos) throws IOException {
        try (var batches = batches(photos, model)) {
            return PostTraining.of(model, Photos.of(batches, model.network().input()), QuantizationOptions.DEFAULT)
                    .quantized();
        }
    }

    /// Half away from zero, as TFLite rounds; black and white are the ends of the range, so that nothing is cut off.
    private static int rounded(float quotient) {
        int cut = (int) quotient;
        return cut + (int) (2 * (quotient - cut));
    }

    /// The first of the likeliest classes.
    private static int likeliest(byte[] scores) {
        int best = 0;
        for (int c = 1; c < scores.length; c++) {
            best = scores[c] > scores[best] ? c : best;
        }
        return best;
    }
}
