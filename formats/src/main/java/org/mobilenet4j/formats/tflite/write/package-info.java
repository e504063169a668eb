/// Writes TFLite models, float, uint8 and int8, with metadata and labels.
///
/// Start at [TfliteWriter]. [TfliteNetworkWriter] turns layers into operators, [TfliteTables] lays out the file.
@NullMarked
package org.mobilenet4j.formats.tflite.write;

import org.jspecify.annotations.NullMarked;
