package org.mobilenet4j.formats.tflite.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mobilenet4j.arch.BilinearResize;
import org.mobilenet4j.arch.BilinearResize.Coordinates;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.Dense;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Pool;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.Softmax;
import org.mobilenet4j.arch.Window;
import org.mobilenet4j.formats.QuantizedModels;
import org.mobilenet4j.formats.QuantizedTensors.Scheme;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Shape;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.Model;

/// Operators ask for the first version of TFLite's kernels that does what is asked, as `tools/versioning/op_version.cc`
/// has them: an older runtime would compute something else, a newer number would shut out runtimes that can.
class TfliteVersionsTest {
    @TempDir
    private Path folder;

    private Map<String, Integer> versions(org.mobilenet4j.model.Model model, ElementType type) throws IOException {
        var file = folder.resolve("model.tflite");
        TfliteWriter.write(model, file, type);
        var tables = Model.getRootAsModel(ByteBuffer.wrap(Files.readAllBytes(file)));
        var versions = new TreeMap<String, Integer>();
        for (int i = 0; i < tables.operatorCodesLength(); i++) {
            var code = tables.operatorCodes(i);
            versions.put(BuiltinOperator.name(code.builtinCode()), code.version());
        }
        return versions;
    }

    private Map<String, Integer> ofFloats(Layer... layers) throws IOException {
        return versions(floats(layers), ElementType.FLOAT32);
    }

    private static org.mobilenet4j.model.Model floats(Layer... layers) {
        var network = new Network("test", new Shape(8, 8, 4), Sequence.of(layers));
        return new org.mobilenet4j.model.Model(network, Weights.random(network, 5), List.of(), Preprocessing.TF_SLIM);
    }

    private static Window window(int dilation) {
        return new Window(3, 3, 1, dilation, Padding.SAME);
    }

    @Test
    void floatsNeedLaterVersionsForAFewThings() throws IOException {
        assertThat(ofFloats(Conv.of("c", 4, window(1)), DepthwiseConv.of("d", window(1)), new Softmax("s")))
                .isEqualTo(Map.of("CONV_2D", 1, "DEPTHWISE_CONV_2D", 1, "SOFTMAX", 1));
        assertThat(ofFloats(DepthwiseConv.of("d", window(2)))).isEqualTo(Map.of("DEPTHWISE_CONV_2D", 2));
        assertThat(ofFloats(Conv.of("c", 4, window(2)))).isEqualTo(Map.of("CONV_2D", 1));
        assertThat(ofFloats(new Conv("c", 4, window(1), 2, true))).isEqualTo(Map.of("CONV_2D", 6));
    }

    @Test
    void resizingHasHalfPixelsFromItsThirdVersion() throws IOException {
        for (var coordinates : Coordinates.values()) {
            assertThat(ofFloats(new BilinearResize("r", 5, 5, coordinates)))
                    .isEqualTo(Map.of("RESIZE_BILINEAR", coordinates == Coordinates.HALF_PIXEL ? 3 : 1));
        }
    }

    @Test
    void halvesAreMadeFloats() throws IOException {
        assertThat(versions(floats(DepthwiseConv.of("d", window(2))), ElementType.FLOAT16))
                .isEqualTo(Map.of("DEPTHWISE_CONV_2D", 2, "DEQUANTIZE", 3));
    }

    @Test
    void integersNeedOthers() throws IOException {
        var layers = new Layer[] {
            Conv.of("c", 4, window(1)).withBias(),
            DepthwiseConv.of("d", window(1)).withBias(),
            Pool.max("max", Window.square(8, 1, Padding.VALID)),
            Dense.of("fc", 4),
            new Softmax("s")
        };
        var network = new Network("test", new Shape(8, 8, 4), Sequence.of(layers));
        var signed = versions(QuantizedModels.of(network, Scheme.INT8, 1), ElementType.FLOAT32);
        var unsigned = versions(QuantizedModels.of(network, Scheme.UINT8, 1), ElementType.FLOAT32);

        assertThat(signed)
                .containsEntry("CONV_2D", 3)
                .containsEntry("DEPTHWISE_CONV_2D", 3)
                .containsEntry("MAX_POOL_2D", 2)
                .containsEntry("FULLY_CONNECTED", 4)
                .containsEntry("SOFTMAX", 2);
        assertThat(unsigned)
                .containsEntry("CONV_2D", 1)
                .containsEntry("DEPTHWISE_CONV_2D", 1)
                .containsEntry("MAX_POOL_2D", 1)
                .containsEntry("FULLY_CONNECTED", 1)
                .containsEntry("SOFTMAX", 1);
    }
}
