package org.mobilenet4j.app.cli.quantize;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.arch.Parameter;
import org.mobilenet4j.compress.quantize.LayerError;
import org.mobilenet4j.compress.quantize.QuantizationOptions;
import org.mobilenet4j.data.Unreadable;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.train.Validation;

/// What `quantize` says.
///
/// @param out the file that was written
/// @param floatBytes of the model's weights in 32 bits
/// @param bytes of the file that was written
/// @param options how it was quantized
/// @param photos that scales were chosen by
/// @param unreadable photos that were drawn for it and could not be read
/// @param accuracy where there was data to validate with
/// @param layers the errors of each layer that has a kernel
record QuantizationReport(
        String out,
        long floatBytes,
        long bytes,
        QuantizationSummary options,
        int photos,
        Unreadable unreadable,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Accuracy accuracy,
        List<LayerError> layers) {

    /// The options as the command line has them.
    record QuantizationSummary(String weights, String ranges, boolean equalized, boolean biasCorrected) {}

    /// @param images validated with
    /// @param unreadable photos that could not be read
    /// @param floats the model as it was
    /// @param equalized the same equalized and still of floats, where that was wanted
    /// @param quantized with integers, without training
    /// @param trained with integers after training, where that was wanted
    record Accuracy(
            int images,
            int unreadable,
            Validation floats,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Validation equalized,

            Validation quantized,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Validation trained) {}

    static QuantizationReport of(
            Model floats,
            Path out,
            QuantizeCommand.Seen seen,
            QuantizationOptions options,
            @Nullable Accuracy accuracy,
            List<LayerError> layers)
            throws IOException {
        long values = floats.network().parameters().values().stream()
                .mapToLong(Parameter::size)
                .sum();
        return new QuantizationReport(
                out.toString(),
                values * Float.BYTES,
                Files.size(out),
                new QuantizationSummary(
                        options.weights().toString(),
                        options.ranges().toString(),
                        options.equalizes(),
                        options.correctsBias()),
                seen.photos().count(),
                seen.unreadable(),
                accuracy,
                layers);
    }
}
