package org.mobilenet4j.model.file;

import java.util.List;
import java.util.Map;
import org.mobilenet4j.arch.Padding;
import org.mobilenet4j.arch.Window;

/// Windows and padding as fields of their layer: `"window":[3,3],"stride":2,"padding":"same"`. A stride that differs
/// between
/// rows and columns is a list of both. A stride or dilation of 1 is left out; the padding never is, because the
/// defaults of frameworks differ.
final class WindowJson {
    private WindowJson() {}

    static void write(Window window, Map<String, Object> fields) {
        fields.put("window", List.of(window.height(), window.width()));
        if (!window.hasOneStride()) {
            fields.put("stride", List.of(window.strideRows(), window.strideColumns()));
        } else if (window.strideRows() != 1) {
            fields.put("stride", window.strideRows());
        }
        if (window.dilation() != 1) {
            fields.put("dilation", window.dilation());
        }
        fields.put("padding", padding(window.padding()));
    }

    static Window read(JsonObject fields) {
        var size = fields.wholes("window", 2);
        var strides = strides(fields);
        int dilation = fields.whole("dilation", 1);
        return new Window(size.get(0), size.get(1), strides.get(0), strides.get(1), dilation, padding(fields));
    }

    private static List<Integer> strides(JsonObject fields) {
        if (fields.has("stride") && fields.value("stride") instanceof List<?>) {
            return fields.wholes("stride", 2);
        }
        int stride = fields.whole("stride", 1);
        return List.of(stride, stride);
    }

    /// `same`, `symmetric`, `valid`, or `[top, bottom, left, right]`.
    static Object padding(Padding padding) {
        return switch (padding) {
            case Padding.Same _, Padding.Symmetric _ -> padding.toString();
            case Padding.Explicit explicit -> explicit.equals(Padding.VALID) ? "valid" : sides(explicit);
        };
    }

    static Padding padding(JsonObject fields) {
        if (fields.value("padding") instanceof List<?>) {
            return explicit(fields);
        }
        return switch (fields.text("padding")) {
            case "same" -> Padding.SAME;
            case "symmetric" -> Padding.SYMMETRIC;
            case "valid" -> Padding.VALID;
            default -> throw fields.wrong("padding", "same, symmetric, valid or [top, bottom, left, right]");
        };
    }

    static List<Integer> sides(Padding.Explicit padding) {
        return List.of(padding.top(), padding.bottom(), padding.left(), padding.right());
    }

    static Padding.Explicit explicit(JsonObject fields) {
        var sides = fields.wholes("padding", 4);
        return new Padding.Explicit(sides.get(0), sides.get(1), sides.get(2), sides.get(3));
    }
}
