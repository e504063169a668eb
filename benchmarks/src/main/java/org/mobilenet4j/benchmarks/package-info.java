/// JMH benchmarks; their shapes are derived from the networks, never copied by hand.
@NullMarked
package org.mobilenet4j.benchmarks;

import org.jspecify.annotations.NullMarked;
