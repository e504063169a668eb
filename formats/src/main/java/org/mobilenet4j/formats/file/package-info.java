/// What readers of several formats share: mapped files, bounded JSON, and labels kept beside a model.
@NullMarked
package org.mobilenet4j.formats.file;

import org.jspecify.annotations.NullMarked;
