/// IDX files, the format of MNIST and its successors.
@NullMarked
package org.mobilenet4j.data.idx;

import org.jspecify.annotations.NullMarked;
