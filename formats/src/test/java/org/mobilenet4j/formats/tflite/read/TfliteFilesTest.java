package org.mobilenet4j.formats.tflite.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.mobilenet4j.arch.Activation;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.Conv;
import org.mobilenet4j.arch.DepthwiseConv;
import org.mobilenet4j.arch.Dropout;
import org.mobilenet4j.arch.Layer;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.Sequence;
import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.formats.SharedFiles;
import org.mobilenet4j.tensor.Shape;

/// Published files.
class TfliteFilesTest {
    /// The table's layers as a converter leaves them: no dropout, batch normalization folded into biases.
    private static List<Layer> folded(MobileNetV1 table) {
        return ((Sequence) table.network().body())
                .layers().stream()
                        .flatMap(layer -> switch (layer) {
                            case BatchNorm _, Dropout _ -> Stream.empty();
                            case Conv conv -> Stream.of(conv.withBias());
                            case DepthwiseConv conv -> Stream.of(conv.withBias());
                            default -> Stream.of(layer);
                        })
                        .toList();
    }

    private static List<Layer> layers(Network network) {
        return ((Sequence) network.body()).layers();
    }

    @Test
    void tfSlimsNetworkIsTheTable() throws IOException {
        var model = TfliteReader.read(SharedFiles.model("imagenet/mobilenet_v1_0.25_128.tflite"));

        assertThat(model.network().name()).isEqualTo("mobilenet_v1_0.25_128");
        assertThat(model.network().input()).isEqualTo(new Shape(128, 128, 3));
        assertThat(layers(model.network())).isEqualTo(folded(MobileNetV1.of(0.25, 128, 1001)));
        assertThat(model.labels())
                .hasSize(1001)
                .startsWith("background", "tench")
                .contains("banana");
        assertThat(model.notes()).containsEntry("labels", "labels.txt beside the file");
    }

    @Test
    void kerasNetworkIsTheTableToo() throws IOException {
        var model = TfliteReader.read(SharedFiles.model("visual-wake-words/vww_96_float.tflite"));

        // This one has plain ReLU where TF-Slim has ReLU6.
        var expected = folded(MobileNetV1.of(0.25, 96, 2)).stream()
                .map(layer -> layer instanceof Activation activation ? Activation.relu(activation.name()) : layer)
                .toList();
        assertThat(layers(model.network())).isEqualTo(expected);
        assertThat(model.network().output()).isEqualTo(Shape.vector(2));
        assertThat(model.labels()).isEmpty();
    }
}
