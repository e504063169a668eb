/// Safe quoting of untrusted text in messages ([OneLine]).
@NullMarked
package org.mobilenet4j.text;

import org.jspecify.annotations.NullMarked;
