/// Photos of many requests, run together: a queue with a bound, and threads that take small batches
/// from it.
@NullMarked
package org.mobilenet4j.server.batch;

import org.jspecify.annotations.NullMarked;
