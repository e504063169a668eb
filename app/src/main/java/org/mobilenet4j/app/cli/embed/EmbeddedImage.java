package org.mobilenet4j.app.cli.embed;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The result of `embed` for one photo.
///
/// @param file as given on the command line, or where the folder is
/// @param values the features, not normalized
/// @param nearest the photos that are most alike, the most similar first; null unless asked for
@JsonInclude(JsonInclude.Include.NON_NULL)
record EmbeddedImage(
        String file,
        @JsonProperty("embedding") List<Float> values,
        @Nullable List<Similar> nearest) {
    /// A photo that is alike.
    ///
    /// @param similarity the cosine of the angle between the embeddings, 1 for the same direction
    record Similar(String file, double similarity) {}
}
