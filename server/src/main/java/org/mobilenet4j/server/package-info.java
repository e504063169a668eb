/// A server of models: [org.mobilenet4j.server.InferenceServer] starts one.
@NullMarked
package org.mobilenet4j.server;

import org.jspecify.annotations.NullMarked;
