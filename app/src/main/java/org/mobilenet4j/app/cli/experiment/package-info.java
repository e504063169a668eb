/// `mobilenet experiment`: runs the experiments of `org.mobilenet4j.app.experiment` and reports on them.
@NullMarked
package org.mobilenet4j.app.cli.experiment;

import org.jspecify.annotations.NullMarked;
