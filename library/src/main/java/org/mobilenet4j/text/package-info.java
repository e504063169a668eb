/// Text of messages: safe quoting of what is not trusted ([OneLine]), what a mistyped name stands for ([NearestName]).
@NullMarked
package org.mobilenet4j.text;

import org.jspecify.annotations.NullMarked;
