/// Data sets read from folders, CSV lists, tar archives and IDX files.
///
/// Start at [DataSets], which detects the form of the data.
@NullMarked
package org.mobilenet4j.formats.dataset;

import org.jspecify.annotations.NullMarked;
