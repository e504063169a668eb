/// JMH benchmarks; their shapes are derived from the networks, never retyped.
@NullMarked
package org.mobilenet4j.benchmarks;

import org.jspecify.annotations.NullMarked;
