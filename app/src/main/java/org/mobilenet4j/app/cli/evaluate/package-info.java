/// `mobilenet evaluate`: accuracy on labeled photos, per class, and the confusion matrix as CSV and as an image.
@NullMarked
package org.mobilenet4j.app.cli.evaluate;

import org.jspecify.annotations.NullMarked;
