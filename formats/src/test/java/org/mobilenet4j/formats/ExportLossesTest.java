package org.mobilenet4j.formats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.Dropout;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.formats.QuantizedTensors.Scheme;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Shape;
import org.mobilenet4j.tensor.Tensor;

class ExportLossesTest {
    private static final String DESCRIBED =
            "Crop 0.875 and resize legacy are written where only mobilenet4j reads them, and to the description in"
                    + " words: TFLite has no fields for them.";

    @TempDir
    private Path folder;

    private static Model model(int channels, Layer... layers) {
        var network = new Network("test", new Shape(1, 1, channels), Sequence.of(layers));
        return new Model(network, Weights.random(network, 5), List.of(), Preprocessing.TF_SLIM);
    }

    private List<String> write(Model model, String name, ElementType type) throws IOException {
        return ModelFormats.write(model, folder.resolve(name), type);
    }

    @Test
    void ourOwnFilesHoldAll() throws IOException {
        var model = model(3, Dense.of("dense", 2), new BatchNorm("bn"), new Dropout("dropout", 0.5));

        assertThat(write(model, "m.safetensors", ElementType.FLOAT32)).isEmpty();
    }

    @Test
    void tfliteHasNoFieldsAndOperatorsForSome() throws IOException {
        var plain = model(3, Dense.of("dense", 2));
        assertThat(write(plain, "m.tflite", ElementType.FLOAT32)).containsExactly(DESCRIBED);

        var model = model(3, Dense.of("dense", 2), new BatchNorm("bn"), new Dropout("dropout", 0.5));
        var noted = new Model(
                model.network(), model.weights(), List.of(), model.preprocessing(), Map.of("source", "s", "by", "me"));
        assertThat(write(noted, "m.tflite", ElementType.FLOAT32))
                .containsExactly(
                        "Crop 0.875 and resize legacy, and the notes by, source, are written where only mobilenet4j"
                                + " reads them, and to the description in words: TFLite has no fields for them.",
                        "Batch normalization (1 layer) is folded into the layers before it: TFLite has no operator"
                                + " for it.",
                        "Dropout (1 layer) is left out: it is for training, and TFLite has none.");

        assertThat(write(model(1, Dense.of("dense", 2)), "m.tflite", ElementType.FLOAT32))
                .containsExactly(
                        DESCRIBED,
                        "The normalization of pixels is written where only mobilenet4j reads it: TFLite's fields are"
                                + " for images of 3 channels, and the"
                                + " network takes 1.");
    }

    @Test
    void onnxHasNoDropout() throws IOException {
        var model = model(
                3, Dense.of("dense", 2), new BatchNorm("bn"), new Dropout("first", 0.5), new Dropout("second", 0.5));

        assertThat(write(model, "m.onnx", ElementType.FLOAT32))
                .containsExactly(
                        "Dropout (2 layers) is left out: it is for training, and an ONNX file for inference has none.");
    }

    @Test
    void smallNumbersBecomeZeroInSixteenBits() throws IOException {
        var model = model(3, Dense.of("dense", 1));
        var weights = new LinkedHashMap<String, Tensor>();
        weights.put("dense/kernel", Tensor.of(new float[] {1, -1e-9f, 0}, 3, 1));
        weights.put("dense/bias", Tensor.of(new float[] {2e-8f}, 1));
        var small = new Model(model.network(), new Weights(weights), List.of(), Preprocessing.TF_SLIM);

        assertThat(write(small, "m.safetensors", ElementType.FLOAT32)).isEmpty();
        assertThat(write(small, "m.safetensors", ElementType.FLOAT16))
                .containsExactly("2 weights become zero: they are nearer to it than to the smallest float16, 6e-8.");
        assertThat(write(small, "m.tflite", ElementType.FLOAT16))
                .hasSize(2)
                .last()
                .isEqualTo("2 weights become zero: they are nearer to it than to the smallest float16, 6e-8.");
        assertThat(write(small, "m.onnx", ElementType.FLOAT16))
                .containsExactly("One weight becomes zero: it is nearer to it than to the smallest float16, 6e-8.");
    }

    @Test
    void integersStayWhatTheyAre() throws IOException {
        var network = new Network("test", new Shape(1, 1, 3), Sequence.of(Dense.of("dense", 2)));
        var model = QuantizedModels.of(network, Scheme.INT8, 1);
        var sentence = "Nothing is stored as float16: all weights are quantized.";

        assertThat(write(model, "m.tflite", ElementType.FLOAT32)).containsExactly(DESCRIBED);
        assertThat(write(model, "m.tflite", ElementType.FLOAT16)).containsExactly(DESCRIBED, sentence);
        assertThat(write(model, "m.safetensors", ElementType.FLOAT16)).containsExactly(sentence);
    }
}
