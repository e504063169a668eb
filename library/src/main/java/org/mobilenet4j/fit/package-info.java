/// Training and fine-tuning in a few lines, with defaults for everything: [Training] from random weights, [FineTuning]
/// of a model on photos of one's own. What they do step by step stands in `org.mobilenet4j.train`.
@NullMarked
package org.mobilenet4j.fit;

import org.jspecify.annotations.NullMarked;
