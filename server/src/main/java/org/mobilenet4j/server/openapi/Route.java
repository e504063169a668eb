package org.mobilenet4j.server.openapi;

/// A path that the server answers.
///
/// @param method `get`, `post`, ...
/// @param path with parameters in braces
/// @param protocol whose it is
/// @param summary what it does, in a line
/// @param takes what its body is
/// @param gives the media type of what it answers
record Route(String method, String path, String protocol, String summary, Body takes, String gives) {
    /// What a request's body may be.
    enum Body {
        /// There is none.
        NONE,
        /// An image file, or several in a form.
        PHOTOS,
        /// A JSON object.
        JSON,
        /// A JSON object, with bytes after it or not.
        JSON_AND_BYTES,
        /// An image file, several in a form, or a JSON object.
        PHOTOS_OR_JSON
    }
}
