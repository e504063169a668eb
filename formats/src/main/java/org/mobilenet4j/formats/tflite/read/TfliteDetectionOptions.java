package org.mobilenet4j.formats.tflite.read;

import com.google.flatbuffers.ArrayReadWriteBuf;
import com.google.flatbuffers.FlexBuffers;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.Suppression;

/// The options of `TFLite_Detection_PostProcess`, FlexBuffers in the file.
///
/// @param classes number of classes without the background
/// @param scales of y, x, height and width of the box encodings
/// @param limits which boxes are left
record TfliteDetectionOptions(int classes, List<Float> scales, Suppression limits) {
    private static final int PER_CLASS = 100;
    private static final int MOST_BYTES = 1 << 16;

    /// @throws IllegalArgumentException saying what is missing or wrong
    static TfliteDetectionOptions parse(MemorySegment bytes) {
        if (bytes.byteSize() > MOST_BYTES) {
            throw new BadValueException("its options have " + bytes.byteSize() + " bytes; get the file again");
        }
        FlexBuffers.Map options;
        try {
            var array = bytes.toArray(ValueLayout.JAVA_BYTE);
            options = FlexBuffers.getRoot(new ArrayReadWriteBuf(array, array.length))
                    .asMap();
        } catch (RuntimeException e) {
            throw damaged(e);
        }
        var limits = new Suppression(
                number(options, "nms_score_threshold"),
                number(options, "nms_iou_threshold"),
                count(options, "max_detections", 0),
                count(options, "use_regular_nms", 0) != 0,
                count(options, "detections_per_class", PER_CLASS),
                count(options, "max_classes_per_detection", 1));
        var scales = List.of(
                number(options, "y_scale"),
                number(options, "x_scale"),
                number(options, "h_scale"),
                number(options, "w_scale"));
        return new TfliteDetectionOptions(count(options, "num_classes", 0), scales, limits);
    }

    private static float number(FlexBuffers.Map options, String name) {
        var value = get(options, name);
        if (!value.isNumeric()) {
            throw new BadValueException("its option " + name + " is missing");
        }
        try {
            return (float) value.asFloat();
        } catch (RuntimeException e) {
            throw damaged(e);
        }
    }

    private static int count(FlexBuffers.Map options, String name, int otherwise) {
        var value = get(options, name);
        try {
            return value.isBoolean()
                    ? (value.asBoolean() ? 1 : 0)
                    : value.isNumeric() ? BadValueException.toInt(value.asLong()) : otherwise;
        } catch (BadValueException e) {
            throw e;
        } catch (RuntimeException e) {
            throw damaged(e);
        }
    }

    private static FlexBuffers.Reference get(FlexBuffers.Map options, String name) {
        try {
            return options.get(name);
        } catch (RuntimeException e) {
            throw damaged(e);
        }
    }

    /// The accessors follow any offset without checks; whatever they fail on means damage.
    private static BadValueException damaged(RuntimeException e) {
        return new BadValueException("its options are malformed; get the file again", e);
    }
}
