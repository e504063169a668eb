/// TFLite models, float, uint8 and int8, read.
///
/// Start at [TfliteReader]. [TfliteFile] checks the tables; [TfliteNetworkReader] goes over the operators.
@NullMarked
package org.mobilenet4j.formats.tflite.read;

import org.jspecify.annotations.NullMarked;
