/// The command `mobilenet`. Each command has a package of its own, named after it, with its options, its report, and
/// the report as text. `options` and `text` hold what commands share. Commands are thin: the library does the work.
@NullMarked
package org.mobilenet4j.app.cli;

import org.jspecify.annotations.NullMarked;
