/// Text output: aligned tables, amounts with units, durations, progress bars, one-line failures.
@NullMarked
package org.mobilenet4j.app.cli.text;

import org.jspecify.annotations.NullMarked;
