package org.mobilenet4j.infer;

/// A class that a photo may show.
///
/// @param index index of the class in the network's output
/// @param label name of the class
/// @param probability from 0 to 1
public record Prediction(int index, String label, float probability) {}
