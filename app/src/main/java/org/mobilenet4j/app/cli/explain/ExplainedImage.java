package org.mobilenet4j.app.cli.explain;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.explain.Explanation;

/// The result of `explain` for one photo: where a class is seen and the time it took, or an error.
///
/// @param file as given on the command line
/// @param explanation of the class
/// @param overlay the picture that was drawn
/// @param millis from reading the file to the explanation
/// @param error why there is no explanation
@JsonInclude(JsonInclude.Include.NON_NULL)
record ExplainedImage(
        String file,
        @Nullable Seen explanation,
        @Nullable String overlay,
        @Nullable Double millis,
        @Nullable String error) {
    /// A class and its map.
    ///
    /// @param rest the logit less the map's mean: the bias, if the network ends in pooling and one linear layer
    /// @param peak where it is seen most, in pixels of the upright photo
    /// @param seen upper, left, lower and right edge of what the network saw, in the same pixels
    record Seen(
            int index,
            String label,
            float probability,
            double logit,
            double rest,
            Place peak,
            List<Integer> seen,
            Map map) {
        static Seen of(Explanation explanation) {
            var map = explanation.map();
            var crop = map.seen();
            var values = new ArrayList<Float>();
            for (float value : map.values()) {
                values.add(value);
            }
            return new Seen(
                    explanation.index(),
                    explanation.label(),
                    explanation.probability(),
                    explanation.logit(),
                    explanation.rest(),
                    new Place(map.peak().y(), map.peak().x()),
                    List.of(crop.top(), crop.left(), crop.top() + crop.height(), crop.left() + crop.width()),
                    new Map(map.height(), map.width(), values));
        }
    }

    /// A place in the photo.
    record Place(double y, double x) {}

    /// A value for each pixel of the last feature map, row by row.
    record Map(int height, int width, List<Float> values) {}

    static ExplainedImage of(Path file, Explanation explanation, @Nullable Path overlay, double millis) {
        return new ExplainedImage(
                file.toString(), Seen.of(explanation), overlay == null ? null : overlay.toString(), millis, null);
    }

    static ExplainedImage failed(Path file, String error) {
        return new ExplainedImage(file.toString(), null, null, null, error);
    }
}
