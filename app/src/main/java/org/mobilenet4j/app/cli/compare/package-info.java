/// `mobilenet compare`: shows where two models differ.
@NullMarked
package org.mobilenet4j.app.cli.compare;

import org.jspecify.annotations.NullMarked;
