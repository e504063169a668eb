package org.mobilenet4j.data.box;

/// An object in a photo, as somebody marked it.
///
/// @param label index of its class, from 0; there is no background class
/// @param box where it is, in pixels of the upright photo
/// @param isIgnored whether a detector is neither asked to find it nor blamed if it does: COCO's crowds, VOC's
/// difficult
///     objects. Training leaves it out
public record ObjectBox(int label, Box box, boolean isIgnored) {
    /// An object that counts.
    public ObjectBox(int label, Box box) {
        this(label, box, false);
    }
}
