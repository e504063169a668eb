package org.mobilenet4j.app.cli.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.tensor.Quantization;
import org.mobilenet4j.tensor.Tensor;

/// The range of one tensor's values; what is NaN or infinite is counted and otherwise left out.
///
/// @param name full name, such as `conv1/kernel`
/// @param dims dimensions, outermost first
/// @param type how values are stored
/// @param min least value; 0 when none is finite
/// @param max greatest value; 0 when none is finite
/// @param mean of all values; 0 when none is finite
/// @param nonFinite how many are NaN or infinite
/// @param scales what integers stand for, in words
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
