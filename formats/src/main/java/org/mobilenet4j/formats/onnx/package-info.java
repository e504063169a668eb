/// What reading and writing ONNX files share: its messages, made in one line each.
@NullMarked
package org.mobilenet4j.formats.onnx;

import org.jspecify.annotations.NullMarked;
