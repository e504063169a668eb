/// ONNX models, float and quantized (QDQ), read.
///
/// Start at [OnnxReader]. Files are bounded before they are parsed; [OnnxNetworkReader] goes over the graph.
@NullMarked
package org.mobilenet4j.formats.onnx.read;

import org.jspecify.annotations.NullMarked;
