/// `mobilenet search`: the most accurate network within limits, and the Pareto front.
@NullMarked
package org.mobilenet4j.app.cli.search;

import org.jspecify.annotations.NullMarked;
