package org.mobilenet4j.data.shard;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.data.Sample;
import org.mobilenet4j.data.SampleReader;

/// Reads one archive after the other.
final class ShardsInOrder implements SampleReader {
    private final TarShards.Shard[] shards;
    private final int[] classes;
    private @Nullable ShardReader open;
    private int at;

    ShardsInOrder(TarShards.Shard[] shards, int[] classes) {
        this.shards = shards;
        this.classes = classes;
    }

    @Override
    public Optional<Sample> next() throws IOException {
        while (true) {
            if (open == null) {
                if (at == shards.length) {
                    return Optional.empty();
                }
                open = new ShardReader(shards[at++], classes);
            }
            var loaded = open.next();
            if (loaded != null) {
                return Optional.of(loaded.sample());
            }
            close();
        }
    }

    @Override
    public void close() throws IOException {
        if (open != null) {
            open.close();
            open = null;
        }
    }
}
