/// What reading and writing TFLite files share: how quantization is kept in them.
@NullMarked
package org.mobilenet4j.formats.tflite;

import org.jspecify.annotations.NullMarked;
