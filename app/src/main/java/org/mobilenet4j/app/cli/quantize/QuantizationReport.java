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
import org.mobilenet4j.detect.DetectionAgreement;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.train.Validation;

/// The report of `quantize`.
///
/// @param out the file that was written
/// @param floatBytes size of the model's weights as float32
/// @param bytes size of the file that was written
/// @param options how it was quantized
/// @param photos number of calibration photos
/// @param unreadable calibration photos that could not be read
/// @param accuracy if there was validation data
/// @param detections how the integers of a detector agree with the floats, on calibration photos
/// @param layers the errors of each layer with a kernel
record QuantizationReport(
        String out,
        long floatBytes,
        long bytes,
        QuantizationSummary options,
        int photos,
        Unreadable unreadable,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Accuracy accuracy,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable DetectionAgreement detections,
        List<LayerError> layers) {

    /// The options, as on the command line.
    record QuantizationSummary(String weights, String ranges, boolean equalized, boolean biasCorrected) {}

    /// @param images number of validation photos
    /// @param unreadable photos that could not be read
    /// @param floats the float model
    /// @param equalized the equalized float model, with `--equalize`
    /// @param quantized the quantized model, without training
    /// @param trained the quantized model after training, with `--epochs`
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
            @Nullable DetectionAgreement detections,
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
                detections,
                layers);
    }
}
