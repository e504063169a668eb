package org.mobilenet4j.data.box;

import java.util.Objects;

/// An object in a photo, as somebody marked it.
///
/// @param label index of its class, from 0; there is no background class
/// @param box where it is, in pixels of the upright photo
/// @param area of the object in pixels, by which COCO tells small objects from large ones: of its
///     outline where the file says (`area` in COCO's files), else of the box
/// @param kind whether a detector is asked to find it
public record ObjectBox(int label, Box box, double area, Kind kind) {
    /// What is asked of a detector. Training leaves out all but [#COUNTED].
    public enum Kind {
        /// To find it.
        COUNTED,
        /// Nothing, and it is not blamed for finding it: an object that VOC's files call difficult.
        DIFFICULT,
        /// Nothing, and it is not blamed for what it finds there: many objects in one box, `iscrowd` in
        /// COCO's files.
        CROWD
    }

    public ObjectBox {
        Objects.requireNonNull(box, "box");
        Objects.requireNonNull(kind, "kind");
    }

    /// With the area of the box.
    public ObjectBox(int label, Box box, Kind kind) {
        this(label, box, (box.y1() - (double) box.y0()) * (box.x1() - (double) box.x0()), kind);
    }

    /// An object that counts.
    public ObjectBox(int label, Box box) {
        this(label, box, Kind.COUNTED);
    }

    /// Whether a detector is neither asked to find it nor blamed if it does.
    public boolean isIgnored() {
        return kind != Kind.COUNTED;
    }
}
