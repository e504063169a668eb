/// Text for people that quotes files of strangers ([OneLine]).
@NullMarked
package org.mobilenet4j.text;

import org.jspecify.annotations.NullMarked;
