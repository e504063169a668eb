/// What a photo shows: its classes and their probabilities ([Classifier]), or the features that they are decided by
/// ([Embedder]). Both are safe to share by any number of threads.
@NullMarked
package org.mobilenet4j.classify;

import org.jspecify.annotations.NullMarked;
