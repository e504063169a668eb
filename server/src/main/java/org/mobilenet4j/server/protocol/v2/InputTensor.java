package org.mobilenet4j.server.protocol.v2;

import java.util.List;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.server.model.ServedModel;

/// An input of a request.
///
/// @param name what the client calls it
/// @param type of its values
/// @param shape the batch first
/// @param values numbers, row by row; empty if they are photos
/// @param photos image files; empty if they are numbers
@SuppressWarnings("ArrayRecordComponent") // never compared
record InputTensor(String name, DataType type, List<Long> shape, float[] values, List<byte[]> photos) {
    /// The numbers as a model's network takes them: integers are those of its quantization.
    ///
    /// @throws BadValueException if they are integers and the model is not quantized
    float[] real(ServedModel model) {
        if (type == DataType.FP32) {
            return values;
        }
        var map = model.model()
                .quantization()
                .orElseThrow(() -> new BadValueException(
                        "the model is not quantized, so that " + type + " means nothing to it; send FP32 or BYTES"))
                .input();
        int least = type == DataType.INT8 ? Byte.MIN_VALUE : 0;
        var real = new float[values.length];
        for (int i = 0; i < real.length; i++) {
            real[i] = map.scale() * (values[i] - least + map.low());
        }
        return real;
    }
}
