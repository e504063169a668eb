/// `mobilenet serve`: models over HTTP.
@NullMarked
package org.mobilenet4j.app.cli.serve;

import org.jspecify.annotations.NullMarked;
