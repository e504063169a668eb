package org.mobilenet4j.app.pull;

import java.net.URI;

/// A file that somebody published.
///
/// @param address where
/// @param sha256 of its content, in lower-case hexadecimal digits
public record PublishedFile(URI address, String sha256) {
    /// Its name, which a mirror has too.
    String name() {
        var path = address.getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
