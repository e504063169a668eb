package org.mobilenet4j.formats.tfjs;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mobilenet4j.arch.BatchNorm;
import org.mobilenet4j.arch.zoo.SsdMobileNetV1;
import org.mobilenet4j.detect.BoxCoder;
import org.mobilenet4j.detect.SsdAnchors;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.model.BoxOutputs;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Outputs;
import org.mobilenet4j.model.Suppression;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.tensor.Tensor;

/// The face detector of face-api.js: an SSD on MobileNet v1 of which there is only a manifest of weights, with the
/// names of TensorFlow's Object Detection API. Its layers are those of [SsdMobileNetV1]; the program that comes with it
/// knows them, as this one does.
///
/// Of the scores of each anchor, those of the background and of faces are kept; the program looks at no others.
final class SsdManifest {
    /// The least score and the overlap that the program asks for.
    private static final Suppression LIMITS = new Suppression(0.5f, 0.5f, 100, true, 100, 1);

    private static final String SIZE = "Preprocessor/ResizeImage/size";
    private static final String ANCHORS = "Output/extra_dim";
    private static final String LAST = "MobilenetV1/Conv2d_13_pointwise/weights";
    private static final int LAST_CHANNELS = 1024;
    private static final int BODY = 13;
    private static final int EXTRA = 4;
    private static final int KEPT_SCORES = 2;

    private final TfjsWeights given;
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    private SsdManifest(TfjsWeights given) {
        this.given = given;
    }

    /// Reads the detector whose weights are `given`.
    ///
    /// @param file for messages
    /// @throws IllegalArgumentException if they are not that detector's
    static Model read(Path file, TfjsWeights given) {
        if (!given.has(ANCHORS) || !given.has(SIZE) || !given.has(LAST)) {
            throw new BadValueException("is a manifest of weights without layers, and not that of face-api.js's SSD on"
                    + " MobileNet, the only one that is read; of other models, give the model.json");
        }
        return new SsdManifest(given).model(file);
    }

    private Model model(Path file) {
        var size = given.constant(SIZE).wholes();
        if (size.size() != 2 || !size.get(0).equals(size.get(1))) {
            throw new BadValueException("takes photos of " + size + "; only squares are supported");
        }
        double alpha = (double) given.floats(LAST).dims().getLast() / LAST_CHANNELS;
        var network = SsdMobileNetV1.of(alpha, size.getFirst(), KEPT_SCORES - 1).network();
        var maps = SsdMobileNetV1.maps(network);
        putNormed("MobilenetV1/Conv2d_0_pointwise", "conv1");
        for (int i = 1; i <= BODY; i++) {
            putDepthwise("MobilenetV1/Conv2d_" + i + "_depthwise", "conv_dw_" + i);
            putNormed("MobilenetV1/Conv2d_" + i + "_pointwise", "conv_pw_" + i);
        }
        for (int i = 1; i <= EXTRA; i++) {
            putNormed("Prediction/Conv2d_" + (2 * i - 2) + "_pointwise", "extra_" + i + "_reduce");
            putNormed("Prediction/Conv2d_" + (2 * i - 1) + "_pointwise", "extra_" + i);
        }
        for (int i = 0; i < maps.size(); i++) {
            int anchors = SsdMobileNetV1.ANCHORS.get(i);
            putPredictor("Prediction/BoxPredictor_" + i + "/BoxEncodingPredictor", "boxes_" + (i + 1), anchors, 4);
            putPredictor("Prediction/BoxPredictor_" + i + "/ClassPredictor", "scores_" + (i + 1), anchors, 2);
        }
        var boxes = new BoxOutputs(
                SsdAnchors.counts(maps),
                anchors(given.floats(ANCHORS)),
                BoxCoder.SSD_SCALES,
                KEPT_SCORES - 1,
                true,
                BoxOutputs.Scores.LOGITS,
                LIMITS);
        return new Model(
                network,
                new Weights(tensors),
                List.of("face"),
                Preprocessing.TF_SLIM.withCrop(1).withPadsToSquare(true),
                Map.of(
                        "format",
                        "weights of face-api.js, " + file.getFileName(),
                        "preprocessing",
                        "pixels from -1 to 1 of the photo padded to a square, as face-api.js does"),
                Optional.empty(),
                Outputs.DETECTIONS,
                Optional.of(boxes));
    }

    /// A convolution whose batch normalization is folded into it: an offset is all that is left.
    private void putNormed(String from, String layer) {
        var offset = given.floats(from + "/convolution_bn_offset");
        int channels = offset.size();
        tensors.put(layer + "/kernel", given.floats(from + "/weights"));
        tensors.put(layer + "_bn/gamma", all(channels, 1));
        tensors.put(layer + "_bn/beta", offset);
        tensors.put(layer + "_bn/moving_mean", all(channels, 0));
        tensors.put(layer + "_bn/moving_variance", all(channels, (float) (1 - BatchNorm.DEFAULT_EPSILON)));
    }

    private static Tensor all(int count, float value) {
        var values = new float[count];
        Arrays.fill(values, value);
        return Tensor.of(values, count);
    }

    private void putDepthwise(String from, String layer) {
        tensors.put(layer + "/depthwise_kernel", given.floats(from + "/depthwise_weights"));
        for (var name : List.of("gamma", "beta", "moving_mean", "moving_variance")) {
            tensors.put(layer + "_bn/" + name, given.floats(from + "/BatchNorm/" + name));
        }
    }

    /// Of each anchor, the first `kept` values.
    private void putPredictor(String from, String layer, int anchors, int kept) {
        var kernel = given.floats(from + "/weights");
        var bias = given.floats(from + "/biases");
        int filters = bias.size();
        if (filters % anchors != 0 || filters / anchors < kept || kernel.dims().getLast() != filters) {
            throw new BadValueException("has " + filters + " filters in " + from + "/weights, of "
                    + Tensor.text(kernel.dims()) + ", for " + anchors + " anchors of a pixel");
        }
        int inputs = kernel.size() / filters;
        var values = new float[inputs * anchors * kept];
        for (int i = 0; i < values.length; i++) {
            values[i] =
                    kernel.get(i / (anchors * kept) * filters + filter(i % (anchors * kept), kept, filters / anchors));
        }
        var offsets = new float[anchors * kept];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = bias.get(filter(i, kept, filters / anchors));
        }
        tensors.put(layer + "/kernel", Tensor.of(values, 1, 1, inputs, anchors * kept));
        tensors.put(layer + "/bias", Tensor.of(offsets, offsets.length));
    }

    private static int filter(int value, int kept, int width) {
        return value / kept * width + value % kept;
    }

    /// Centers and sides of boxes given by their edges, `y0, x0, y1, x1`.
    private static Tensor anchors(Tensor edges) {
        int count = edges.size() / BoxOutputs.VALUES;
        var values = new float[count * BoxOutputs.VALUES];
        for (int i = 0; i < count; i++) {
            for (int side = 0; side < 2; side++) {
                float first = edges.get(i * BoxOutputs.VALUES + side);
                float length = edges.get(i * BoxOutputs.VALUES + 2 + side) - first;
                values[i * BoxOutputs.VALUES + side] = first + length / 2;
                values[i * BoxOutputs.VALUES + 2 + side] = length;
            }
        }
        return Tensor.of(values, count, BoxOutputs.VALUES);
    }
}
