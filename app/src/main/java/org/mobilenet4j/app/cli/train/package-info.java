/// `mobilenet train`: trains networks on photos, from scratch or from another model.
@NullMarked
package org.mobilenet4j.app.cli.train;

import org.jspecify.annotations.NullMarked;
