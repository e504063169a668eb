/// What networks cost, over HTTP: counted, predicted and measured.
@NullMarked
package org.mobilenet4j.server.cost;

import org.jspecify.annotations.NullMarked;
