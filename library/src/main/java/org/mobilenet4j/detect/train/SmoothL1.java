package org.mobilenet4j.detect.train;

/// Smooth L1, also called Huber's: half the square of distances up to 1, and a straight line beyond.
final class SmoothL1 {
    private SmoothL1() {}

    static double loss(double distance) {
        double size = Math.abs(distance);
        return size < 1 ? size * size / 2 : size - 0.5;
    }

    static double slope(double distance) {
        return Math.clamp(distance, -1.0, 1.0);
    }
}
