/// Options that several commands share: model, network, threads, output format.
@NullMarked
package org.mobilenet4j.app.cli.options;

import org.jspecify.annotations.NullMarked;
