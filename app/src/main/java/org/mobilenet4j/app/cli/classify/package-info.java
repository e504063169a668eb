/// `mobilenet classify`: what photos show.
@NullMarked
package org.mobilenet4j.app.cli.classify;

import org.jspecify.annotations.NullMarked;
