/// What commands leave on the disk, but models: text, pictures, and the lock of a folder that one process at a time
/// may write to. A file is there whole or not at all.
@NullMarked
package org.mobilenet4j.app.output;

import org.jspecify.annotations.NullMarked;
