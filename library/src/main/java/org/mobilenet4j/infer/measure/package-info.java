/// Measuring what runs: the time of each layer of a network, and what the machine can do at best.
@NullMarked
package org.mobilenet4j.infer.measure;

import org.jspecify.annotations.NullMarked;
