/// Files that commands write, except models: text, images, and the lock of a folder that only one process at a time may
/// write to. A file is written completely or not at all.
@NullMarked
package org.mobilenet4j.app.output;

import org.jspecify.annotations.NullMarked;
