/// What a Prometheus reads.
@NullMarked
package org.mobilenet4j.server.metrics;

import org.jspecify.annotations.NullMarked;
