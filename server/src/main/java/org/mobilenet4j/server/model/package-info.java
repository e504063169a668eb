/// The models that are served, by name and version; they come, go and change while requests run.
@NullMarked
package org.mobilenet4j.server.model;

import org.jspecify.annotations.NullMarked;
