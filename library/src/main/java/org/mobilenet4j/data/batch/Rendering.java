package org.mobilenet4j.data.batch;

import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.tensor.Shape;

/// How a network wants photos.
///
/// @param input its input
/// @param preprocessing how photos become that; as a [BatchSpec#second] all but its crop, which is the
///     first's
public record Rendering(Shape input, Preprocessing preprocessing) {}
