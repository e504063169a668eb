package org.mobilenet4j.data.batch;

import java.util.Objects;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.tensor.Shape;

/// The form in which a network takes photos.
///
/// @param input shape of its input
/// @param preprocessing how photos are prepared; as a [BatchSpec#second], its crop is ignored in favor of the first's
public record Rendering(Shape input, Preprocessing preprocessing) {
    public Rendering {
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(preprocessing, "preprocessing");
    }
}
