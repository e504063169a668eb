/// `mobilenet prune`: channel pruning, magnitude pruning and weight clustering.
@NullMarked
package org.mobilenet4j.app.cli.prune;

import org.jspecify.annotations.NullMarked;
