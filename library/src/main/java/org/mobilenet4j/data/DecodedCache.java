package org.mobilenet4j.data;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.mobilenet4j.image.Image;

/// A data set that caches decoded photos, at three bytes per pixel, within a memory budget; photos that do not fit are
/// decoded each time. Order and pixels do not change.
public final class DecodedCache implements DataSet {
    /// Approximate memory of a cached photo besides its pixels.
    private static final int OVERHEAD_BYTES = 64;

    private final DataSet data;
    private final AtomicReferenceArray<@Nullable Image> images;
    private final AtomicLong left;

    /// @param data the data set to cache
    /// @param budgetBytes memory for photos, in bytes
    public DecodedCache(DataSet data, long budgetBytes) {
        this.data = data;
        this.images = new AtomicReferenceArray<>(data.size());
        this.left = new AtomicLong(budgetBytes);
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

    @Override
    public SampleReader shuffled(long seed) throws IOException {
        return new CachedReader(data.shuffled(seed));
    }

    @Override
    public SampleReader inOrder() throws IOException {
        return new CachedReader(data.inOrder());
    }

    private Image image(Sample sample) throws IOException {
        var kept = images.get(sample.index());
        if (kept != null) {
            return kept;
        }
        var image = sample.photo().decode();
        long bytes = 3L * image.height() * image.width() + OVERHEAD_BYTES;
        if (left.addAndGet(-bytes) >= 0) {
            images.set(sample.index(), image);
        } else {
            left.addAndGet(bytes);
        }
        return image;
    }

    private final class CachedPhoto implements Photo {
        private final Sample sample;

        CachedPhoto(Sample sample) {
            this.sample = sample;
        }

        @Override
        public Image decode() throws IOException {
            return image(sample);
        }

        @Override
        public byte[] content() throws IOException {
            return sample.photo().content();
        }
    }

    private final class CachedReader implements SampleReader {
        private final SampleReader reader;

        CachedReader(SampleReader reader) {
            this.reader = reader;
        }

        @Override
        public Optional<Sample> next() throws IOException {
            return reader.next().map(sample -> sample.with(new CachedPhoto(sample)));
        }

        @Override
        public void skip(long count) throws IOException {
            reader.skip(count);
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }

    /// Such as `flowers: 3,670 photos of 5 classes`.
    @Override
    public String toString() {
        return DataSet.text(this);
    }
}
