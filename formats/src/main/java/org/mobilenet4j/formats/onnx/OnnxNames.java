package org.mobilenet4j.formats.onnx;

/// Names of a detector's tensors in ONNX files of this library. A layer's name has no slash.
public final class OnnxNames {
    /// Box encodings, `N x anchors x 4`, as TensorFlow's exporter calls them.
    public static final String ENCODINGS = "raw_outputs/box_encodings";

    /// Probabilities of classes, `N x anchors x scores`.
    public static final String SCORES = "raw_outputs/class_predictions";

    /// `anchors x 4`.
    public static final String ANCHORS = "raw_outputs/anchors";

    /// Boxes that are left, `K x 4`.
    public static final String BOXES = "detection_boxes";

    /// Their probabilities, `K`.
    public static final String PROBABILITIES = "detection_scores";

    /// Their classes, `K`, without the background.
    public static final String CLASSES = "detection_classes";

    private OnnxNames() {}
}
