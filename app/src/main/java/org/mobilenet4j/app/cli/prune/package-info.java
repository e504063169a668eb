/// `mobilenet prune`: fewer channels, fewer weights, or weights that share their values.
@NullMarked
package org.mobilenet4j.app.cli.prune;

import org.jspecify.annotations.NullMarked;
