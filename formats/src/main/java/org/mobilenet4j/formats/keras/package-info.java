/// Keras models (`.h5` and `.keras`): configuration and variables.
///
/// Start at [KerasReader].
@NullMarked
package org.mobilenet4j.formats.keras;

import org.jspecify.annotations.NullMarked;
