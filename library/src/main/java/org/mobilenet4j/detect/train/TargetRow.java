package org.mobilenet4j.detect.train;

import org.mobilenet4j.model.BoxOutputs;

/// The row of targets of a photo: the number of anchors that match an object, and then for each anchor the class that
/// it
/// shall find, or [#BACKGROUND] or [#IGNORED], and the encoding of the object's box.
final class TargetRow {
    /// Of an anchor that no object matches.
    static final int BACKGROUND = -1;

    /// Of an anchor that is left out of the loss.
    static final int IGNORED = -2;

    /// Values of an anchor.
    private static final int VALUES = 1 + BoxOutputs.VALUES;

    private TargetRow() {}

    /// The length of a row for `anchors` anchors.
    static int length(int anchors) {
        return 1 + anchors * VALUES;
    }

    /// Where in a row the class of `anchor` is.
    static int label(int anchor) {
        return 1 + anchor * VALUES;
    }

    /// Where in a row the encoding of the box for `anchor` begins.
    static int encoding(int anchor) {
        return 2 + anchor * VALUES;
    }
}
