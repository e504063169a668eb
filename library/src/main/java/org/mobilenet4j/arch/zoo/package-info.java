/// Networks by name: MobileNet v1 and the networks that the paper compares it with. Each is one table.
///
/// Start at [MobileNetV1]; [Networks] lists them all.
@NullMarked
package org.mobilenet4j.arch.zoo;

import org.jspecify.annotations.NullMarked;
