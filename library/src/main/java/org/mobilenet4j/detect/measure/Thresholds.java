package org.mobilenet4j.detect.measure;

/// COCO's thresholds, as NumPy's `linspace` computes them in the reference.
final class Thresholds {
    /// Of overlaps: .5, .55, ... .95.
    static final int OVERLAPS = 10;

    /// Of recalls: 0, .01, ... 1.
    static final int RECALLS = 101;

    private Thresholds() {}

    static double overlap(int index) {
        return index == OVERLAPS - 1 ? 0.95 : 0.5 + index * ((0.95 - 0.5) / (OVERLAPS - 1));
    }

    static double recall(int index) {
        return index == RECALLS - 1 ? 1 : index * 0.01;
    }
}
