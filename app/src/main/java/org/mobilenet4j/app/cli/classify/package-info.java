/// `mobilenet classify`: classifies photos.
@NullMarked
package org.mobilenet4j.app.cli.classify;

import org.jspecify.annotations.NullMarked;
