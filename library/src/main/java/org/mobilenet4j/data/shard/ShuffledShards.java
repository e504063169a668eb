package org.mobilenet4j.data.shard;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.mobilenet4j.data.Sample;
import org.mobilenet4j.data.SampleReader;
import org.mobilenet4j.data.SeededRandom;

/// Reads several archives at once, choosing at random between them, through a shuffle buffer.
final class ShuffledShards implements SampleReader {
    private static final int OPEN_SHARDS = 16;
    private static final int BUFFERED_PHOTOS = 8192;
    private static final long BUFFERED_BYTES = 64L << 20;

    private final TarShards.Shard[] shards;
    private final int[] classes;
    private final SplittableRandom random;
    private final List<ShardReader> open = new ArrayList<>();
    private final List<ShardReader.Loaded> buffer = new ArrayList<>();
    private long bufferedBytes;
    /// Photos left in the open archives.
    private int left;
    private int opened;

    ShuffledShards(TarShards.Shard[] shards, int[] classes, long seed) {
        this.shards = shards;
        this.classes = classes;
        this.random = SeededRandom.random(seed, shards.length);
    }

    @Override
    public Optional<Sample> next() throws IOException {
        while (buffer.size() < BUFFERED_PHOTOS && bufferedBytes < BUFFERED_BYTES && load()) {
            // One photo more each time.
        }
        if (buffer.isEmpty()) {
            return Optional.empty();
        }
        int drawn = random.nextInt(buffer.size());
        var last = buffer.removeLast();
        var loaded = drawn == buffer.size() ? last : buffer.set(drawn, last);
        bufferedBytes -= loaded.bytes();
        return Optional.of(loaded.sample());
    }

    @Override
    public void close() throws IOException {
        for (var reader : open) {
            reader.close();
        }
        open.clear();
        buffer.clear();
    }

    /// Buffers the next photo of an open archive, chosen with a probability proportional to its photos left; false
    /// when none is left.
    private boolean load() throws IOException {
        while (open.size() < OPEN_SHARDS && opened < shards.length) {
            var shard = shards[opened++];
            open.add(new ShardReader(shard, classes));
            left += shard.count();
        }
        if (left == 0) {
            return false;
        }
        int ticket = random.nextInt(left--);
        int chosen = 0;
        while (ticket >= open.get(chosen).left()) {
            ticket -= open.get(chosen++).left();
        }
        var reader = open.get(chosen);
        var loaded = reader.next();
        if (loaded != null) {
            buffer.add(loaded);
            bufferedBytes += loaded.bytes();
        }
        if (reader.left() == 0) {
            open.remove(chosen);
            reader.close();
        }
        return true;
    }
}
