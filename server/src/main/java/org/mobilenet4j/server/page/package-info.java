/// The page that people open in a browser: files of this module, handed out under a strict policy.
@NullMarked
package org.mobilenet4j.server.page;

import org.jspecify.annotations.NullMarked;
