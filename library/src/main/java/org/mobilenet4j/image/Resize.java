package org.mobilenet4j.image;

import java.util.Objects;
import org.mobilenet4j.error.BadValueException;
/// The three bilinear resizes that published models were trained and evaluated with; mixing them up costs percentage
/// points of accuracy.

public enum Resize {
    /// TensorFlow 1's `resize_bilinear(align_corners=False)`: `source = target * scale`, no half-pixel centers, no
    /// antialiasing. TF-Slim's MobileNets were evaluated with it.
    LEGACY("legacy"),
    /// TensorFlow 2's and ONNX's: `source = (target + 0.5) * scale - 0.5`, no antialiasing.
    HALF_PIXEL("half-pixel"),
    /// Half-pixel centers and a triangle filter that widens when shrinking, as Pillow, torchvision and
    /// `tf.image.resize(antialias=True)`.
    ANTIALIAS("antialias");

    private final String text;

    Resize(String text) {
        this.text = text;
    }

    /// The resize named `text`.
    ///
    /// @throws IllegalArgumentException listing the names when there is no such resize
    public static Resize named(String text) {
        Objects.requireNonNull(text, "text");
        for (var resize : values()) {
            if (resize.text.equals(text)) {
                return resize;
            }
        }
        throw new BadValueException("there is no resize called " + text + "; use legacy, half-pixel or antialias");
    }

    /// `legacy`, `half-pixel` or `antialias`.
    @Override
    public String toString() {
        return text;
    }
}
