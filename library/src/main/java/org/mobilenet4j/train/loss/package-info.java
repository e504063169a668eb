/// Losses: softmax and sigmoid cross-entropy, mean squared error.
@NullMarked
package org.mobilenet4j.train.loss;

import org.jspecify.annotations.NullMarked;
