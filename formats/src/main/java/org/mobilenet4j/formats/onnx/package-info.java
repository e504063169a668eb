/// Shared by reading and writing ONNX files: short factories for its messages.
@NullMarked
package org.mobilenet4j.formats.onnx;

import org.jspecify.annotations.NullMarked;
