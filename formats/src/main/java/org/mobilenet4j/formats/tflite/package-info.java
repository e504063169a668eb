/// Shared by reading and writing TFLite files: quantization parameters.
@NullMarked
package org.mobilenet4j.formats.tflite;

import org.jspecify.annotations.NullMarked;
