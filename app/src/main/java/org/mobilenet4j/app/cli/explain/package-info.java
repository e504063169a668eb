/// `mobilenet explain`: shows where in a photo a class is seen.
@NullMarked
package org.mobilenet4j.app.cli.explain;

import org.jspecify.annotations.NullMarked;
