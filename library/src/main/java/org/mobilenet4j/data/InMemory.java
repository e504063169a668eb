package org.mobilenet4j.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A data set that is decoded once and kept in memory, for several training runs on the same photos: no file is read
/// again, and shuffling is uniform even if that of the original data is not.
public final class InMemory extends IndexedDataSet {
    private final DataSet data;
    private final List<Sample> samples;

    private InMemory(DataSet data, List<Sample> samples) {
        this.data = data;
        this.samples = samples;
    }

    /// `data` in memory, at three bytes per pixel; if the photos take more than `budgetBytes`, a [DecodedCache] of
    /// that size instead. Unreadable photos stay unreadable.
    ///
    /// @throws IOException when the data set's own files cannot be read
    public static DataSet of(DataSet data, long budgetBytes) throws IOException {
        var samples = new ArrayList<Sample>(data.size());
        long left = budgetBytes;
        try (var reader = data.inOrder()) {
            for (var next = reader.next(); next.isPresent(); next = reader.next()) {
                var sample = decoded(next.get());
                samples.add(sample.sample());
                left -= sample.bytes();
                if (left < 0) {
                    return new DecodedCache(data, budgetBytes);
                }
            }
        }
        return new InMemory(data, samples);
    }

    private record Decoded(Sample sample, long bytes) {}

    private static Decoded decoded(Sample sample) {
        try {
            var image = sample.photo().decode();
            return new Decoded(sample.with(() -> image), 3L * image.height() * image.width());
        } catch (IOException problem) {
            return new Decoded(
                    sample.with(() -> {
                        throw new IOException(problem.getMessage(), problem);
                    }),
                    0);
        }
    }

    @Override
    public Sample sample(int index) {
        return samples.get(index);
    }

    @Override
    public String name() {
        return data.name();
    }

    @Override
    public List<String> labels() {
        return data.labels();
    }

    @Override
    public int size() {
        return data.size();
    }

    @Override
    public int label(int index) {
        return data.label(index);
    }
}
