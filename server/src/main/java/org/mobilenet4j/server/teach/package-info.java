/// Teaching: sessions in which people show photos of their own classes, train the last layer of a served network on
/// them and take the model away. Everything is in memory, bounded by
/// [TeachingLimits][org.mobilenet4j.server.teach.TeachingLimits].
@NullMarked
package org.mobilenet4j.server.teach;

import org.jspecify.annotations.NullMarked;
