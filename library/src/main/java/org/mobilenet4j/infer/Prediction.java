package org.mobilenet4j.infer;

/// One of the classes that a photo may show.
///
/// @param index the network's output
/// @param label its name
/// @param probability from 0 to 1
public record Prediction(int index, String label, float probability) {}
