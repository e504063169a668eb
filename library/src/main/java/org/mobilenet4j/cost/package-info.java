/// The cost of a network, without weights: mult-adds, parameters and memory (sections 3.1 to 3.4 and tables 1 to 9 of
/// the paper).
@NullMarked
package org.mobilenet4j.cost;

import org.jspecify.annotations.NullMarked;
