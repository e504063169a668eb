/// TensorFlow.js models: layers models and graph models (`model.json` and its weight files).
///
/// Start at [TfjsReader].
@NullMarked
package org.mobilenet4j.formats.tfjs;

import org.jspecify.annotations.NullMarked;
