/// `mobilenet convert` and `mobilenet inspect`: model files.
@NullMarked
package org.mobilenet4j.app.cli.model;

import org.jspecify.annotations.NullMarked;
