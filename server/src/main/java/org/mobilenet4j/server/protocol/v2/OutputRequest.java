package org.mobilenet4j.server.protocol.v2;

/// An output that a request asks for.
///
/// @param name of the output
/// @param classes how many of the best to name, as `score:index:label`; 0 for the values
/// themselves
/// @param isBinary whether its values follow the JSON as bytes
record OutputRequest(String name, int classes, boolean isBinary) {}
