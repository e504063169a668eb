/// `mobilenet detect`: finds objects in photos.
@NullMarked
package org.mobilenet4j.app.cli.detect;

import org.jspecify.annotations.NullMarked;
