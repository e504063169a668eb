package org.mobilenet4j.detect.measure;

/// How large objects are, in COCO's ranges of pixels. Their bounds belong to both sides, as in the
/// reference.
enum Area {
    ALL(0, 1e5 * 1e5),
    SMALL(0, 32 * 32),
    MEDIUM(32 * 32, 96 * 96),
    LARGE(96 * 96, 1e5 * 1e5);

    private final double least;
    private final double most;

    Area(double least, double most) {
        this.least = least;
        this.most = most;
    }

    boolean contains(double area) {
        return !(area < least || area > most);
    }
}
