/// `mobilenet models` and `mobilenet pull`: published checkpoints.
@NullMarked
package org.mobilenet4j.app.cli.pull;

import org.jspecify.annotations.NullMarked;
