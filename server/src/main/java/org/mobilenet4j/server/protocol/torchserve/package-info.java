/// The inference API of TorchServe, and the reading part of its management API.
@NullMarked
package org.mobilenet4j.server.protocol.torchserve;

import org.jspecify.annotations.NullMarked;
