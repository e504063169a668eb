/// The Open Inference Protocol, version 2, as KServe and Triton speak it.
@NullMarked
package org.mobilenet4j.server.protocol.v2;

import org.jspecify.annotations.NullMarked;
