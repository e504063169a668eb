/// `mobilenet cost`: mult-adds, parameters and activation memory, and the tables of the paper.
@NullMarked
package org.mobilenet4j.app.cli.cost;

import org.jspecify.annotations.NullMarked;
