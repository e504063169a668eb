/// `mobilenet embed`: turns photos into features, and finds similar ones.
@NullMarked
package org.mobilenet4j.app.cli.embed;

import org.jspecify.annotations.NullMarked;
