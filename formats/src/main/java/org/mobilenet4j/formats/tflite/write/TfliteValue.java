package org.mobilenet4j.formats.tflite.write;

import java.util.List;
import org.mobilenet4j.tensor.Shape;

/// A feature map in a TFLite file that is written. As in files from TFLite's own converters, a vector has two
/// dimensions, `1xC`, after dense layers and the like, and four, `1x1x1xC`, after convolutions.
///
/// @param tensor its index in the file
/// @param isVector whether its dimensions are `1xC`
record TfliteValue(int tensor, Shape shape, boolean isVector) {
    /// `1xHxWxC`.
    static List<Integer> map(Shape shape) {
        return List.of(1, shape.height(), shape.width(), shape.channels());
    }

    /// `1xN`.
    static List<Integer> vector(Shape shape) {
        return List.of(1, shape.elements());
    }

    /// The file's dimensions.
    List<Integer> dims() {
        return isVector ? vector(shape) : map(shape);
    }
}
