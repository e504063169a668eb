/// `mobilenet benchmark`: latency and throughput of a network on this machine, and each layer against what the machine
/// can
/// do.
@NullMarked
package org.mobilenet4j.app.cli.benchmark;

import org.jspecify.annotations.NullMarked;
