/// `mobilenet benchmark`: latency and throughput of a network on this machine, and each layer compared with the
/// machine's limits.
@NullMarked
package org.mobilenet4j.app.cli.benchmark;

import org.jspecify.annotations.NullMarked;
