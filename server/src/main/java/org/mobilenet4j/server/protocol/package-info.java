/// What the protocols of others share: numbers and photos in JSON, how they are run, and errors.
@NullMarked
package org.mobilenet4j.server.protocol;

import org.jspecify.annotations.NullMarked;
