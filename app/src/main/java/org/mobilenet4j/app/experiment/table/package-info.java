/// Results of experiments as CSV files and charts.
@NullMarked
package org.mobilenet4j.app.experiment.table;

import org.jspecify.annotations.NullMarked;
