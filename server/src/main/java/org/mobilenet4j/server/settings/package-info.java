/// How a server is set up: where it listens, to whom, and what clients may ask.
@NullMarked
package org.mobilenet4j.server.settings;

import org.jspecify.annotations.NullMarked;
