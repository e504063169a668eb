/// Options that several commands share: which model, which network, how many threads, which output format.
@NullMarked
package org.mobilenet4j.app.cli.options;

import org.jspecify.annotations.NullMarked;
