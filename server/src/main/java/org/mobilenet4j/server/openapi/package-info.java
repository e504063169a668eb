/// The description of all routes as an OpenAPI document.
@NullMarked
package org.mobilenet4j.server.openapi;

import org.jspecify.annotations.NullMarked;
