/// Reads ONNX models, float and quantized (QDQ).
///
/// Start at [OnnxReader]. Files are checked against limits before they are parsed; [OnnxNetworkReader] reads the graph.
@NullMarked
package org.mobilenet4j.formats.onnx.read;

import org.jspecify.annotations.NullMarked;
