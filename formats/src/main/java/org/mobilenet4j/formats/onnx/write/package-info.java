/// Writes ONNX models, float and quantized (QDQ).
///
/// Start at [OnnxWriter].
@NullMarked
package org.mobilenet4j.formats.onnx.write;

import org.jspecify.annotations.NullMarked;
