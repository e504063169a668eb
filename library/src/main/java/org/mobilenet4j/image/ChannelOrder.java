package org.mobilenet4j.image;

import java.util.Objects;
import org.mobilenet4j.error.BadValueException;

/// The order of the colors in a network's input. Networks trained with Caffe or on images that OpenCV read take blue
/// first; mixed up, classes that depend on color are lost.
public enum ChannelOrder {
    /// Red, green, blue.
    RGB("rgb"),
    /// Blue, green, red.
    BGR("bgr");

    private final String text;

    ChannelOrder(String text) {
        this.text = text;
    }

    /// The order named `text`.
    ///
    /// @throws IllegalArgumentException listing the names when there is no such order
    public static ChannelOrder named(String text) {
        Objects.requireNonNull(text, "text");
        for (var order : values()) {
            if (order.text.equals(text)) {
                return order;
            }
        }
        throw new BadValueException("there is no order of channels called " + text + "; use rgb or bgr");
    }

    /// `rgb` or `bgr`.
    @Override
    public String toString() {
        return text;
    }
}
