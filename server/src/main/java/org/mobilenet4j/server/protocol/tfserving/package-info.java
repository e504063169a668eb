/// The REST API of TensorFlow Serving.
@NullMarked
package org.mobilenet4j.server.protocol.tfserving;

import org.jspecify.annotations.NullMarked;
