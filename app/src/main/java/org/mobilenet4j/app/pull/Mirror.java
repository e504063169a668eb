package org.mobilenet4j.app.pull;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.error.BadValueException;

/// Where published files are taken from: their own addresses, or one location with files of the same names.
public final class Mirror {
    /// Their own addresses.
    public static final Mirror NONE = new Mirror(null);

    private final @Nullable URI base;

    private Mirror(@Nullable URI base) {
        this.base = base;
    }

    /// A folder, or an address that begins with `http://` or `https://` and to which `/` and a file's name are added.
    ///
    /// @throws IllegalArgumentException when it is neither
    public static Mirror at(String place) {
        var scheme = place.toLowerCase(Locale.ROOT);
        if (scheme.startsWith("http://") || scheme.startsWith("https://")) {
            return new Mirror(address(place));
        }
        try {
            var folder = Path.of(place);
            if (Files.isDirectory(folder)) {
                return new Mirror(folder.toUri());
            }
        } catch (InvalidPathException _) {
            // Not a folder.
        }
        throw new BadValueException(
                place + ": no such folder; a mirror is a folder, or begins with http:// or https://");
    }

    private static URI address(String place) {
        try {
            var address = new URI(place.endsWith("/") ? place : place + "/");
            if (address.getHost() != null && address.getQuery() == null && address.getFragment() == null) {
                return address;
            }
        } catch (URISyntaxException _) {
            // Reported below.
        }
        throw new BadValueException(place + ": not the address of a folder; it should be like https://host/folder");
    }

    /// The address to take `file` from.
    URI locate(PublishedFile file) {
        return base == null ? file.address() : base.resolve(file.name());
    }
}
