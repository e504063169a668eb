package org.mobilenet4j.app.cli.detect;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.detect.Detection;

/// The result of `detect` for one photo: what was found and the time it took, or an error.
///
/// @param file as given on the command line
/// @param detections most certain first
/// @param millis from reading the file to the detections
/// @param error why there are no detections
@JsonInclude(JsonInclude.Include.NON_NULL)
record DetectedImage(
        String file,
        @Nullable List<Found> detections,
        @Nullable Double millis,
        @Nullable String error) {
    /// An object.
    ///
    /// @param box upper, left, lower and right edge in pixels of the upright photo
    record Found(String label, float score, List<Float> box) {
        static Found of(Detection detection) {
            var box = detection.box();
            return new Found(detection.label(), detection.score(), List.of(box.y0(), box.x0(), box.y1(), box.x1()));
        }
    }

    static DetectedImage of(Path file, List<Detection> detections, double millis) {
        return new DetectedImage(
                file.toString(), detections.stream().map(Found::of).toList(), millis, null);
    }

    static DetectedImage failed(Path file, String error) {
        return new DetectedImage(file.toString(), null, null, error);
    }
}
