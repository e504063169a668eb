/// Reads models and data sets from common formats, and writes models to them.
@NullMarked
package org.mobilenet4j.formats;

import org.jspecify.annotations.NullMarked;
