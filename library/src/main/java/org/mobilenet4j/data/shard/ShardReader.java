package org.mobilenet4j.data.shard;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.data.Sample;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.image.ImageDecoder;

/// Reads the photos of one archive in order.
final class ShardReader implements AutoCloseable {
    /// A sample and the size of its file in bytes.
    record Loaded(Sample sample, int bytes) {}

    private final TarShards.Shard shard;
    private final int[] classes;
    private final TarReader tar;
    private int read;

    /// @param classes the class of every photo of the data set
    ShardReader(TarShards.Shard shard, int[] classes) throws IOException {
        this.shard = shard;
        this.classes = classes;
        this.tar = new TarReader(shard.file());
    }

    /// The number of photos left.
    int left() {
        return shard.count() - read;
    }

    /// The next photo, or null after the last.
    ///
    /// @throws BadFileException when the archive changed since it was indexed
    @Nullable
    Loaded next() throws IOException {
        if (left() == 0) {
            return null;
        }
        while (true) {
            var entry = tar.next();
            if (entry == null) {
                throw new BadFileException(
                        shard.file(),
                        "has lost photos since it was indexed; do not change the archive while it is in use");
            }
            if (TarIndex.label(entry.name()) != null) {
                int index = shard.start() + read++;
                var name = shard.file() + ":" + entry.name();
                var bytes = tar.content();
                var sample = new Sample(index, name, classes[index], () -> ImageDecoder.decode(bytes, name));
                return new Loaded(sample, bytes.length);
            }
        }
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }
}
