/// What all routes share: bodies within limits, problems as JSON, who may call, and the log of
/// requests.
@NullMarked
package org.mobilenet4j.server.http;

import org.jspecify.annotations.NullMarked;
