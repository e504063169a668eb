/// `mobilenet quantize`: quantizes float models to int8.
@NullMarked
package org.mobilenet4j.app.cli.quantize;

import org.jspecify.annotations.NullMarked;
