/// Shared by several formats: mapped files, bounded JSON, and labels in a file beside the model.
@NullMarked
package org.mobilenet4j.formats.file;

import org.jspecify.annotations.NullMarked;
