/// Reads TFLite models, float, uint8 and int8.
///
/// Start at [TfliteReader]. [TfliteFile] checks the tables; [TfliteNetworkReader] reads the operators.
@NullMarked
package org.mobilenet4j.formats.tflite.read;

import org.jspecify.annotations.NullMarked;
