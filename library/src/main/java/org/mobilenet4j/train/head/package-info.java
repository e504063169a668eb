/// Training of the last layer alone, on the features of a fixed body: softmax regression by L-BFGS.
@NullMarked
package org.mobilenet4j.train.head;

import org.jspecify.annotations.NullMarked;
