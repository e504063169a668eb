package org.mobilenet4j.formats.tflite.write;

import com.google.flatbuffers.FlatBufferBuilder;
import java.util.ArrayList;
import java.util.List;
import org.mobilenet4j.formats.tflite.TfliteScales;
import org.mobilenet4j.model.ActivationQuantization;
import org.mobilenet4j.tensor.ElementType;
import org.mobilenet4j.tensor.Quantization;
import org.mobilenet4j.tensor.Tensor;
import org.tensorflow.lite.schema.QuantizationDetails;
import org.tensorflow.lite.schema.QuantizationParameters;
import org.tensorflow.lite.schema.TensorType;

/// The data type and quantization of a tensor in a TFLite file that is written.
///
/// @param type one of [TensorType]
/// @param scales quantization parameters; [TfliteScales#NONE] for floats, and for axes, shapes and the like
record TfliteTensorType(int type, TfliteScales scales) {
    static final TfliteTensorType FLOATS = new TfliteTensorType(TensorType.FLOAT32, TfliteScales.NONE);
    static final TfliteTensorType HALVES = new TfliteTensorType(TensorType.FLOAT16, TfliteScales.NONE);
    /// Values that are not quantized.
    static final TfliteTensorType INTEGERS = new TfliteTensorType(TensorType.INT32, TfliteScales.NONE);

    /// A quantized feature map.
    static TfliteTensorType of(ActivationQuantization map) {
        return new TfliteTensorType(code(map.type()), scales(Quantization.of(map.scale(), map.zeroPoint()), 0));
    }

    /// Quantized weights.
    ///
    /// @param channelAxis the dimension of the output channels in the file
    static TfliteTensorType of(Tensor weights, int channelAxis) {
        return of(weights.type(), weights.quantization().orElseThrow(), channelAxis);
    }

    static TfliteTensorType of(ElementType type, Quantization quantization, int channelAxis) {
        return new TfliteTensorType(code(type), scales(quantization, channelAxis));
    }

    private static TfliteScales scales(Quantization quantization, int axis) {
        var scales = new ArrayList<Float>();
        var zeroPoints = new ArrayList<Long>();
        for (int c = 0; c < quantization.channels(); c++) {
            scales.add(quantization.scale(c));
            zeroPoints.add((long) quantization.zeroPoint(c));
        }
        return new TfliteScales(scales, zeroPoints, quantization.channels() == 1 ? 0 : axis, false);
    }

    private static int code(ElementType type) {
        return switch (type) {
            case FLOAT32 -> TensorType.FLOAT32;
            case FLOAT16 -> TensorType.FLOAT16;
            case INT8 -> TensorType.INT8;
            case UINT8 -> TensorType.UINT8;
            case INT32 -> TensorType.INT32;
        };
    }

    boolean hasOneScale() {
        return scales.scales().size() == 1;
    }

    /// The lowest value of the type, which never wins a maximum.
    TfliteBuffer least() {
        return switch (type) {
            case TensorType.INT8 -> TfliteBuffer.of(new byte[] {Byte.MIN_VALUE});
            case TensorType.UINT8 -> TfliteBuffer.of(new byte[] {0});
            default -> TfliteBuffer.ofFloat(Float.NEGATIVE_INFINITY);
        };
    }

    /// Writes the table of scales, and returns its position; 0 if there are none.
    int writeScales(FlatBufferBuilder to) {
        if (scales.scales().isEmpty()) {
            return 0;
        }
        int all = QuantizationParameters.createScaleVector(to, floats(scales.scales()));
        int zeros = QuantizationParameters.createZeroPointVector(
                to, scales.zeroPoints().stream().mapToLong(Long::longValue).toArray());
        return QuantizationParameters.createQuantizationParameters(
                to, 0, 0, all, zeros, QuantizationDetails.NONE, 0, scales.axis());
    }

    private static float[] floats(List<Float> values) {
        var floats = new float[values.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = values.get(i);
        }
        return floats;
    }
}
