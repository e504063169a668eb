package org.mobilenet4j.data.shard;

import java.io.IOException;
import java.nio.file.Path;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.mobilenet4j.error.BadFileException;

/// A zip archive, which has an index of its own.
///
/// @param file its path
/// @param zip the open archive
record ZipSource(Path file, ZipFile zip) implements Source {
    @Override
    public byte[] read(String entry, long at, int length) throws IOException {
        var found = zip.getEntry(entry);
        try (var in = found == null ? null : zip.getInputStream(found)) {
            var bytes = in == null ? new byte[0] : in.readNBytes(length);
            if (bytes.length < length) {
                throw new ZipException("cut short");
            }
            return bytes;
        } catch (ZipException e) {
            throw new BadFileException(file + ":" + entry, "is damaged (" + e.getMessage() + "); get it again", e);
        }
    }
}
