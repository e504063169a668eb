package org.mobilenet4j.data.shard;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.mobilenet4j.data.DataSet;
import org.mobilenet4j.data.SampleReader;
import org.mobilenet4j.data.SeededRandom;

/// Tar archives, gzipped or not, with a folder for each class: `cat/1.jpeg`. They are read sequentially in every pass
/// and never unpacked.
///
/// A reader in random order reads up to 16 archives at once, choosing at random between them, into a shuffle buffer.
/// The order is only as random as the classes are mixed in the archives: an archive that is sorted by class should be
/// smaller than the buffer.
public final class TarShards implements DataSet {
    private final String name;
    private final List<String> labels;
    private final Shard[] shards;
    private final int[] classes;

    private TarShards(String name, List<String> labels, Shard[] shards, int[] classes) {
        this.name = name;
        this.labels = labels;
        this.shards = shards;
        this.classes = classes;
    }

    /// The photos in `files`, which are read once to index them. Classes are the names of the first folders,
    /// sorted; names that begin with a dot are skipped, and so are files outside folders.
    ///
    /// @param name its name in messages
    /// @throws org.mobilenet4j.error.BadFileException when an archive is damaged or has no photos, or there are
    ///     fewer than two classes
    /// @throws IOException when one cannot be read
    public static DataSet open(String name, List<Path> files) throws IOException {
        var index = new TarIndex(name, files);
        var shards = new Shard[files.size()];
        int start = 0;
        for (int i = 0; i < shards.length; i++) {
            int count = index.shards().get(i).length;
            shards[i] = new Shard(files.get(i), start, count);
            start = Math.addExact(start, count);
        }
        var classes = new int[start];
        for (int i = 0; i < shards.length; i++) {
            System.arraycopy(index.shards().get(i), 0, classes, shards[i].start(), shards[i].count());
        }
        return new TarShards(name, index.labels(), shards, classes);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<String> labels() {
        return labels;
    }

    @Override
    public int size() {
        return classes.length;
    }

    @Override
    public int label(int index) {
        return classes[index];
    }

    @Override
    public SampleReader shuffled(long seed) {
        var shuffled = new Shard[shards.length];
        int at = 0;
        for (int i : SeededRandom.order(shards.length, seed)) {
            shuffled[at++] = shards[i];
        }
        return new ShuffledShards(shuffled, classes, seed);
    }

    @Override
    public SampleReader inOrder() {
        return new ShardsInOrder(shards, classes);
    }

    /// A single archive.
    ///
    /// @param file its path
    /// @param start index of its first photo
    /// @param count number of its photos
    record Shard(Path file, int start, int count) {}
}
