package org.mobilenet4j.app.cli.classify;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.classify.Prediction;
import org.mobilenet4j.model.Outputs;

/// The result of `classify` for one photo: predictions and their time, or an error.
///
/// @param file as given on the command line
/// @param predictions most likely first
/// @param millis from reading the file to the predictions
/// @param arithmetic `integer` or `float`
/// @param outputs what the network's outputs mean: of `logits`, a softmax makes the probabilities
/// @param error why there are no predictions
@JsonInclude(JsonInclude.Include.NON_NULL)
record ClassifiedImage(
        String file,
        @Nullable List<Prediction> predictions,
        @Nullable Double millis,
        @Nullable String arithmetic,
        @Nullable String outputs,
        @Nullable String error) {

    static ClassifiedImage of(
            Path file, List<Prediction> predictions, double millis, String arithmetic, Outputs outputs) {
        return new ClassifiedImage(
                file.toString(), List.copyOf(predictions), millis, arithmetic, outputs.toString(), null);
    }

    static ClassifiedImage failed(Path file, String error) {
        return new ClassifiedImage(file.toString(), null, null, null, null, error);
    }
}
