package org.mobilenet4j.server.model;

import org.mobilenet4j.image.Image;

/// What a network answers to a photo.
///
/// @param photo its pixels
/// @param outputs the network's outputs, not interpreted
/// @param millis time of the batch that it was run in, for each of its photos, without decoding
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Answer(Image photo, float[] outputs, double millis) {}
