/// `mobilenet quantize`: float models become models of 8-bit integers.
@NullMarked
package org.mobilenet4j.app.cli.quantize;

import org.jspecify.annotations.NullMarked;
