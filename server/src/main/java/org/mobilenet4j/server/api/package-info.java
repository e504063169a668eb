/// The project's own API: `/v1/...`, health and metrics.
@NullMarked
package org.mobilenet4j.server.api;

import org.jspecify.annotations.NullMarked;
