/// Model files: safetensors with the network in its metadata, and packed files of sparse or clustered weights.
///
/// Start at [ModelFile]. Headers and lengths are checked before memory is allocated.
@NullMarked
package org.mobilenet4j.model.file;

import org.jspecify.annotations.NullMarked;
