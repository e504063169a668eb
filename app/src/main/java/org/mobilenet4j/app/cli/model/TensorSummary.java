package org.mobilenet4j.app.cli.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.tensor.Quantization;
import org.mobilenet4j.tensor.Tensor;

/// The range of one tensor's values. NaN and infinite values are counted and otherwise ignored.
///
/// @param name full name, such as `conv1/kernel`
/// @param dims dimensions, outermost first
/// @param type data type of the values
/// @param min smallest value; 0 if none is finite
/// @param max largest value; 0 if none is finite
/// @param mean of all finite values; 0 if none is finite
/// @param nonFinite number of NaN and infinite values
/// @param scales quantization parameters, in words
record TensorSummary(
        String name,
        List<Integer> dims,
        String type,
        double min,
        double max,
        double mean,
        int nonFinite,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String scales) {
    static TensorSummary of(String name, Tensor tensor) {
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        double sum = 0;
        int finite = 0;
        for (int i = 0; i < tensor.size(); i++) {
            float value = tensor.get(i);
            if (Float.isFinite(value)) {
                min = Math.min(min, value);
                max = Math.max(max, value);
                sum += value;
                finite++;
            }
        }
        boolean any = finite > 0;
        return new TensorSummary(
                name,
                tensor.dims(),
                tensor.type().toString().toLowerCase(java.util.Locale.ROOT),
                any ? min : 0,
                any ? max : 0,
                any ? sum / finite : 0,
                tensor.size() - finite,
                tensor.quantization().map(Quantization::toString).orElse(null));
    }
}
