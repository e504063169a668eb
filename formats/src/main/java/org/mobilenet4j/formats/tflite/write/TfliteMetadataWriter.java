package org.mobilenet4j.formats.tflite.write;

import com.google.flatbuffers.FlatBufferBuilder;
import java.util.List;
import java.util.TreeMap;
import org.mobilenet4j.image.ChannelOrder;
import org.mobilenet4j.image.Normalization;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.tensor.Shape;
import org.tensorflow.lite.support.metadata.schema.AssociatedFile;
import org.tensorflow.lite.support.metadata.schema.AssociatedFileType;
import org.tensorflow.lite.support.metadata.schema.BoundingBoxProperties;
import org.tensorflow.lite.support.metadata.schema.BoundingBoxType;
import org.tensorflow.lite.support.metadata.schema.ColorSpaceType;
import org.tensorflow.lite.support.metadata.schema.Content;
import org.tensorflow.lite.support.metadata.schema.ContentProperties;
import org.tensorflow.lite.support.metadata.schema.CoordinateType;
import org.tensorflow.lite.support.metadata.schema.FeatureProperties;
import org.tensorflow.lite.support.metadata.schema.ImageProperties;
import org.tensorflow.lite.support.metadata.schema.ImageSize;
import org.tensorflow.lite.support.metadata.schema.ModelMetadata;
import org.tensorflow.lite.support.metadata.schema.NormalizationOptions;
import org.tensorflow.lite.support.metadata.schema.ProcessUnit;
import org.tensorflow.lite.support.metadata.schema.ProcessUnitOptions;
import org.tensorflow.lite.support.metadata.schema.Stats;
import org.tensorflow.lite.support.metadata.schema.SubGraphMetadata;
import org.tensorflow.lite.support.metadata.schema.TensorMetadata;

/// Writes a model's TFLite metadata: its input image and normalization, the file with its labels, and, in words, what
/// the schema has no field for.
final class TfliteMetadataWriter {
    /// The oldest metadata schema with all fields that are written.
    private static final String PARSER_VERSION = "1.0.0";

    /// Where these edges are among those of a box, which begin with the upper one.
    private static final long[] LEFT_TOP_RIGHT_BOTTOM = {1, 0, 3, 2};

    private final FlatBufferBuilder to = new FlatBufferBuilder(1024);
    private final Model model;

    private TfliteMetadataWriter(Model model) {
        this.model = model;
    }

    /// The bytes of the metadata of `model`.
    ///
    /// @param labelFile name of the packed file with its labels; ignored if it has none
    static byte[] write(Model model, String labelFile) {
        return new TfliteMetadataWriter(model).write(labelFile);
    }

    private byte[] write(String labelFile) {
        int inputs = SubGraphMetadata.createInputTensorMetadataVector(to, new int[] {input()});
        int outputs = SubGraphMetadata.createOutputTensorMetadataVector(
                to, model.boxes().isPresent() ? detections(labelFile) : new int[] {output(labelFile)});
        int graph = SubGraphMetadata.createSubGraphMetadata(to, 0, 0, inputs, outputs, 0, 0, 0, 0, 0, 0);
        int graphs = ModelMetadata.createSubgraphMetadataVector(to, new int[] {graph});
        int name = to.createString(model.network().name());
        int description = to.createString(description(model));
        int parser = to.createString(PARSER_VERSION);
        int metadata = ModelMetadata.createModelMetadata(to, name, description, 0, graphs, 0, 0, 0, parser);
        ModelMetadata.finishModelMetadataBuffer(to, metadata);
        return to.sizedByteArray();
    }

    /// Crop, resize and notes, one per line.
    static String description(Model model) {
        var preprocessing = model.preprocessing();
        var text = new StringBuilder();
        text.append("Written by mobilenet4j. Photos: central crop ")
                .append(preprocessing.crop())
                .append(", resize ")
                .append(preprocessing.resize())
                .append(preprocessing.padsToSquare() ? ", padded to a square below or at the right" : "")
                .append(preprocessing.channels() == ChannelOrder.RGB ? "" : ", channels " + preprocessing.channels());
        new TreeMap<>(model.notes())
                .forEach((key, note) ->
                        text.append('\n').append(key).append(": ").append(note));
        return text.toString();
    }

    private int input() {
        var shape = model.network().input();
        if (shape.channels() != 3) {
            // Not a photo that the schema could describe.
            int name = to.createString("input");
            return TensorMetadata.createTensorMetadata(to, name, 0, 0, content(), 0, 0, 0);
        }
        var normalization = model.preprocessing().normalization();
        int name = to.createString("image");
        int content = imageContent(shape);
        int units = TensorMetadata.createProcessUnitsVector(to, new int[] {unit(normalization)});
        int stats = stats(values(normalization, 1), values(normalization, 0));
        return TensorMetadata.createTensorMetadata(to, name, 0, 0, content, units, stats, 0);
    }

    private int imageContent(Shape shape) {
        int size = ImageSize.createImageSize(to, shape.width(), shape.height());
        int image = ImageProperties.createImageProperties(to, ColorSpaceType.RGB, size);
        return Content.createContent(to, ContentProperties.ImageProperties, image, 0);
    }

    /// Metadata has pixels from 0 to 255; here they are from 0 to 1.
    private int unit(Normalization normalization) {
        int mean = NormalizationOptions.createMeanVector(to, times255(normalization.mean()));
        int std = NormalizationOptions.createStdVector(to, times255(normalization.std()));
        int options = NormalizationOptions.createNormalizationOptions(to, mean, std);
        return ProcessUnit.createProcessUnit(to, ProcessUnitOptions.NormalizationOptions, options);
    }

    private int output(String labelFile) {
        boolean areProbabilities = switch (model.outputs()) {
            case PROBABILITIES, SIGMOIDS, ONE_SIGMOID -> true;
            case LOGITS, ONE_LOGIT, DETECTIONS, FEATURES -> false;
        };
        int name = to.createString(areProbabilities ? "probability" : "score");
        int content = content();
        int stats = areProbabilities ? stats(new float[] {1}, new float[] {0}) : 0;
        int files = model.labels().isEmpty()
                ? 0
                : TensorMetadata.createAssociatedFilesVector(to, new int[] {labels(labelFile)});
        return TensorMetadata.createTensorMetadata(to, name, 0, 0, content, 0, stats, files);
    }

    private int labels(String file) {
        int name = to.createString(file);
        byte type = model.boxes().isPresent()
                ? AssociatedFileType.TENSOR_VALUE_LABELS
                : AssociatedFileType.TENSOR_AXIS_LABELS;
        return AssociatedFile.createAssociatedFile(to, name, 0, type, 0, 0);
    }

    /// Boxes, classes, scores and their number, with the names that TFLite's own tools give them.
    private int[] detections(String labelFile) {
        int index = BoundingBoxProperties.createIndexVector(to, LEFT_TOP_RIGHT_BOTTOM);
        int edges = BoundingBoxProperties.createBoundingBoxProperties(
                to, index, BoundingBoxType.BOUNDARIES, CoordinateType.RATIO);
        int location = Content.createContent(to, ContentProperties.BoundingBoxProperties, edges, 0);
        int files = model.labels().isEmpty()
                ? 0
                : TensorMetadata.createAssociatedFilesVector(to, new int[] {labels(labelFile)});
        return new int[] {
            named("location", location, 0),
            named("category", content(), files),
            named("score", content(), 0),
            named("number of detections", content(), 0)
        };
    }

    private int named(String text, int content, int files) {
        int name = to.createString(text);
        return TensorMetadata.createTensorMetadata(to, name, 0, 0, content, 0, 0, files);
    }

    private int content() {
        FeatureProperties.startFeatureProperties(to);
        int features = FeatureProperties.endFeatureProperties(to);
        return Content.createContent(to, ContentProperties.FeatureProperties, features, 0);
    }

    private int stats(float[] max, float[] min) {
        int most = Stats.createMaxVector(to, max);
        int least = Stats.createMinVector(to, min);
        return Stats.createStats(to, most, least);
    }

    /// The normalized value of a pixel's `value` from 0 to 1.
    private static float[] values(Normalization normalization, float value) {
        var values = new float[3];
        for (int c = 0; c < values.length; c++) {
            values[c] =
                    (value - normalization.mean().get(c)) / normalization.std().get(c);
        }
        return values;
    }

    private static float[] times255(List<Float> values) {
        var all = new float[values.size()];
        for (int c = 0; c < all.length; c++) {
            all[c] = values.get(c) * 255;
        }
        return all;
    }
}
