package org.mobilenet4j.formats.dataset.boxes;

import java.nio.file.Path;
import java.util.List;

/// A photo and its boxes as a file has them, not yet held against the photo itself.
///
/// @param file where the photo should be
/// @param height its rows according to the file; 0 if that does not say
/// @param width its columns according to the file; 0 if that does not say
/// @param inFractions whether its boxes are in fractions of its sides, not in pixels
/// @param boxes the boxes
/// @param place where it is named
record MarkedPhoto(Path file, int height, int width, boolean inFractions, List<MarkedBox> boxes, Place place) {}
