package org.mobilenet4j.server.model;

import org.mobilenet4j.explain.Explanation;
import org.mobilenet4j.image.Image;

/// Where a class is seen in a photo.
///
/// @param photo its pixels
public record ExplainedPhoto(Image photo, Explanation explanation) {}
