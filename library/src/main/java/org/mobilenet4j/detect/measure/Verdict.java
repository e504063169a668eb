package org.mobilenet4j.detect.measure;

/// What a detection turned out to be, at each of COCO's thresholds of overlap: right, wrong, or
/// neither.
///
/// @param score its score
/// @param rank how many of its class in the photo have a higher score, or the same and come before it
/// @param matched bit i tells whether a truth is its own at threshold i
/// @param ignored bit i tells whether it counts neither for nor against the detector at threshold i
record Verdict(float score, int rank, int matched, int ignored) {
    boolean isRight(int threshold) {
        return ((matched & ~ignored) >> threshold & 1) == 1;
    }

    boolean isWrong(int threshold) {
        return ((matched | ignored) >> threshold & 1) == 0;
    }
}
