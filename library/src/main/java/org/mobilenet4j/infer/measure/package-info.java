/// Measurement: the time of each layer of a network, and the peak speed of the machine.
@NullMarked
package org.mobilenet4j.infer.measure;

import org.jspecify.annotations.NullMarked;
