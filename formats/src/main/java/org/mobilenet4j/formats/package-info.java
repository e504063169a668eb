/// Models and data sets read from and written to the formats that people already use.
@NullMarked
package org.mobilenet4j.formats;

import org.jspecify.annotations.NullMarked;
