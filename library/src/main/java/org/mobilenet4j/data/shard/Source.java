package org.mobilenet4j.data.shard;

import java.io.IOException;

/// Where the content of an archive's photos lies, in random order. Thread-safe.
interface Source {
    /// The content of a photo.
    ///
    /// @param entry its name in the archive
    /// @param at where it begins, as the index says
    /// @param length its length in bytes
    /// @throws IOException when it cannot be read
    byte[] read(String entry, long at, int length) throws IOException;

    /// Checks that it still holds what was indexed.
    ///
    /// @throws IOException when it does not
    default void check() throws IOException {
        // Nobody else writes to it.
    }
}
