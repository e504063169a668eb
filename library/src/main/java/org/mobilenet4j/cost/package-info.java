/// What a network costs before it is built: mult-adds, parameters, memory (sections 3.1 to 3.4 and tables 1 to 9).
@NullMarked
package org.mobilenet4j.cost;

import org.jspecify.annotations.NullMarked;
