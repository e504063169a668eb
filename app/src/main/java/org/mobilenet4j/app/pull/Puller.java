package org.mobilenet4j.app.pull;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.mobilenet4j.app.output.FolderLock;

/// Downloads published files into a cache, from their own addresses or a mirror. A file gets its final name in the
/// cache only after it is complete and verified.
public final class Puller implements AutoCloseable {
    private static final String BUSY = "another mobilenet pull is writing to this cache; wait until it is done";

    private final ModelCache cache;
    private final Mirror mirror;
    private final FolderLock lock;
    private final Download download;

    /// Opens a cache for writing.
    ///
    /// @throws IOException if another process is writing to it, or the folder cannot be written to
    public Puller(ModelCache cache, Mirror mirror, Patience patience, DownloadListener listener) throws IOException {
        this.cache = cache;
        this.mirror = mirror;
        this.lock = FolderLock.take(cache.folder(), BUSY);
        this.download = new Download(patience, listener);
    }

    /// Downloads a model into the cache, unless it is already there and unchanged.
    ///
    /// @throws MissingFileException if the mirror has no such file
    /// @throws IOException if it cannot be downloaded, or is not what was published; the cache is then unchanged
    public Pulled pull(CatalogModel model) throws IOException {
        var file = cache.file(model.name());
        var checksum = cache.checksum(model.name());
        var known = Files.exists(checksum) ? Files.readString(checksum).split(" ", 2)[0] : "";
        if (Checksum.matches(file, known)) {
            return new Pulled(model.name(), file, Files.size(file), known, false);
        }
        var archive = checked(model.archive());
        var fresh = fresh(cache.file(model.name()));
        try {
            Archive.extract(archive, model.fileName(), fresh);
            var sha256 = Checksum.of(fresh);
            Files.writeString(checksum, sha256 + "  " + model.fileName() + "\n");
            install(fresh, file);
            return new Pulled(model.name(), file, Files.size(file), sha256, true);
        } finally {
            Files.deleteIfExists(fresh);
            new PartialFile(cache.partial(model.archive())).delete();
        }
    }

    /// Downloads the labels of the catalog's models into the cache, unless they are already there.
    ///
    /// @throws MissingFileException if the mirror has none
    /// @throws IOException if they cannot be downloaded, or are not those that were published
    public void pullLabels(PublishedFile labels) throws IOException {
        if (Checksum.matches(cache.labels(), labels.sha256())) {
            return;
        }
        var whole = checked(labels);
        var fresh = fresh(cache.labels());
        try {
            Files.copy(whole, fresh, StandardCopyOption.REPLACE_EXISTING);
            install(fresh, cache.labels());
        } finally {
            Files.deleteIfExists(fresh);
            new PartialFile(cache.partial(labels)).delete();
        }
    }

    @Override
    public void close() throws IOException {
        try (lock) {
            download.close();
        }
    }

    /// The complete, verified file: in a mirror's folder, or beside its final place in the cache.
    private Path checked(PublishedFile published) throws IOException {
        var address = mirror.locate(published);
        if ("file".equals(address.getScheme())) {
            var file = Path.of(address);
            if (!Files.isRegularFile(file)) {
                throw new MissingFileException(file + ": there is no such file in the mirror");
            }
            require(Checksum.of(file), published, file);
            return file;
        }
        var part = new PartialFile(cache.partial(published));
        // The last run may have ended between the last byte and the verification.
        if (!Checksum.matches(part.path(), published.sha256())) {
            boolean isJoined = download.fetch(address, part);
            if (isJoined && !Checksum.matches(part.path(), published.sha256())) {
                part.delete(); // pieces of several versions
                download.fetch(address, part);
            }
        }
        var sha256 = Checksum.of(part.path());
        if (!sha256.equals(published.sha256())) {
            part.delete();
        }
        require(sha256, published, address);
        return part.path();
    }

    private static void require(String sha256, PublishedFile published, Object place) throws IOException {
        if (!sha256.equals(published.sha256())) {
            throw new IOException(place + ": it is not what was published, as its SHA-256 is " + sha256 + " and not "
                    + published.sha256() + "; it was discarded, get the file from elsewhere");
        }
    }

    /// Where `file` is made, which nothing is left of if the command is stopped.
    private static Path fresh(Path file) {
        var fresh = file.resolveSibling(file.getFileName() + ".new");
        fresh.toFile().deleteOnExit();
        return fresh;
    }

    /// Flushes a complete file to the disk, then gives it its final name.
    private static void install(Path fresh, Path file) throws IOException {
        try (var channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
