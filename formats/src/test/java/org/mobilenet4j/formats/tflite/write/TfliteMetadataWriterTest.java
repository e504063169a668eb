package org.mobilenet4j.formats.tflite.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.Flatten;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.formats.tflite.read.TfliteReader;
import org.mobilenet4j.image.Normalization;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.image.Resize;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Shape;
import org.tensorflow.lite.support.metadata.MetadataExtractor;
import org.tensorflow.lite.support.metadata.schema.AssociatedFileType;
import org.tensorflow.lite.support.metadata.schema.ColorSpaceType;
import org.tensorflow.lite.support.metadata.schema.ImageProperties;
import org.tensorflow.lite.support.metadata.schema.NormalizationOptions;
import org.tensorflow.lite.support.metadata.schema.TensorMetadata;

/// What TFLite's own extractor finds in what is written.
class TfliteMetadataWriterTest {
    private static final List<String> LABELS = List.of("tench, Tinca tinca", "crème brûlée", "c");

    @TempDir
    private Path folder;

    private static Model model() {
        var network =
                MobileNetV1.of(0.25, 32, 3).withInput(new Shape(33, 47, 3)).network();
        var preprocessing = new Preprocessing(0.75, Resize.LEGACY, Normalization.IMAGENET);
        var notes = Map.of("recipe", "two epochs", "data", "balloons");
        return new Model(network, Weights.random(network, 5), LABELS, preprocessing, notes);
    }

    private Path write(Model model) throws IOException {
        var file = folder.resolve("model.tflite");
        TfliteWriter.write(model, file, ElementType.FLOAT32);
        return file;
    }

    private static NormalizationOptions normalization(TensorMetadata input) {
        assertThat(input.processUnitsLength()).isEqualTo(1);
        return (NormalizationOptions) input.processUnits(0).options(new NormalizationOptions());
    }

    @Test
    void theInputIsAnImage() throws IOException {
        var extractor = new MetadataExtractor(ByteBuffer.wrap(Files.readAllBytes(write(model()))));

        assertThat(extractor.hasMetadata()).isTrue();
        assertThat(extractor.isMinimumParserVersionSatisfied()).isTrue();
        assertThat(extractor.getInputTensorShape(0)).containsExactly(1, 33, 47, 3);
        assertThat(extractor.getOutputTensorShape(0)).containsExactly(1, 3);
        var input = extractor.getInputTensorMetadata(0);
        assertThat(input.name()).isEqualTo("image");
        var image = (ImageProperties) input.content().contentProperties(new ImageProperties());
        assertThat(image.colorSpace()).isEqualTo(ColorSpaceType.RGB);
        assertThat(image.defaultSize().height()).isEqualTo(33);
        assertThat(image.defaultSize().width()).isEqualTo(47);
        var options = normalization(input);
        assertThat(options.mean(0)).isCloseTo(123.675f, within(1e-4f));
        assertThat(options.std(2)).isCloseTo(57.375f, within(1e-4f));
        assertThat(input.stats().min(0)).isCloseTo(-0.485f / 0.229f, within(1e-6f));
        assertThat(input.stats().max(1)).isCloseTo((1 - 0.456f) / 0.224f, within(1e-6f));
    }

    @Test
    void labelsArePackedInTheFile() throws IOException {
        var file = write(model());

        var extractor = new MetadataExtractor(ByteBuffer.wrap(Files.readAllBytes(file)));
        var output = extractor.getOutputTensorMetadata(0);
        assertThat(output.name()).isEqualTo("probability");
        assertThat(output.associatedFiles(0).type()).isEqualTo(AssociatedFileType.TENSOR_AXIS_LABELS);
        assertThat(extractor.getAssociatedFileNames()).containsExactly("labels.txt");
        try (var packed = extractor.getAssociatedFile(output.associatedFiles(0).name())) {
            assertThat(new String(packed.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("tench, Tinca tinca\ncrème brûlée\nc\n");
        }
        assertThat(TfliteReader.read(file).labels()).isEqualTo(LABELS);
    }

    @Test
    void normalizationIsReadAgain() throws IOException {
        for (var normalization : List.of(Normalization.SIGNED, Normalization.UNIT, Normalization.IMAGENET)) {
            var model = model().withPreprocessing(new Preprocessing(0.875, Resize.LEGACY, normalization));
            var back = TfliteReader.read(write(model)).preprocessing().normalization();
            for (int c = 0; c < 3; c++) {
                assertThat(back.mean().get(c)).isCloseTo(normalization.mean().get(c), within(1e-7f));
                assertThat(back.std().get(c)).isCloseTo(normalization.std().get(c), within(1e-7f));
            }
        }
    }

    @Test
    void theRestIsSaidInWords() throws IOException {
        var metadata = new MetadataExtractor(ByteBuffer.wrap(Files.readAllBytes(write(model())))).getModelMetadata();

        assertThat(metadata.name()).isEqualTo(model().network().name());
        assertThat(metadata.description())
                .isEqualTo("Written by mobilenet4j. Photos: central crop 0.75, resize legacy\n"
                        + "data: balloons\nrecipe: two epochs");
    }

    @Test
    void whatIsNoPhotoHasNoPixels() throws IOException {
        var body = Sequence.of(new Flatten("flatten"), Dense.of("dense", 2));
        var network = new Network("test", new Shape(2, 2, 5), body);
        var model = new Model(network, Weights.random(network, 1), List.of(), Preprocessing.TF_SLIM);

        var extractor = new MetadataExtractor(ByteBuffer.wrap(Files.readAllBytes(write(model))));

        assertThat(extractor.getInputTensorMetadata(0).processUnitsLength()).isZero();
        assertThat(extractor.getOutputTensorMetadata(0).name()).isEqualTo("score");
        assertThat(extractor.getOutputTensorMetadata(0).associatedFilesLength()).isZero();
    }

    @Test
    void labelsThatAreNoLineOfTextAreRefused() {
        for (var bad : List.of("two\nlines", "", "bell\u0007")) {
            var model = model().withLabels(List.of("a", bad, "c"));
            assertThatThrownBy(() -> write(model))
                    .as(bad)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("labels cannot be written as a text file, one per line");
        }
        assertThat(folder).isEmptyDirectory();
    }
}
