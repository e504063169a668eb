package org.mobilenet4j.app.pull;

import java.net.URI;

/// A published file.
///
/// @param address of the file
/// @param sha256 of its content, in lower-case hexadecimal digits
public record PublishedFile(URI address, String sha256) {
    /// Its name, also at a mirror.
    String name() {
        var path = address.getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
