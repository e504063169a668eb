package org.mobilenet4j.data;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A reader of an [IndexedDataSet].
final class IndexedReader implements SampleReader {
    private final IndexedDataSet data;
    private final int @Nullable [] order;
    private long at;

    /// @param order the photos' indices, or null for their own order
    IndexedReader(IndexedDataSet data, int @Nullable [] order) {
        this.data = data;
        this.order = order;
    }

    @Override
    public Optional<Sample> next() {
        if (at >= data.size()) {
            return Optional.empty();
        }
        int position = (int) at++;
        return Optional.of(data.sample(order == null ? position : order[position]));
    }

    @Override
    public void skip(long count) {
        at += count;
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
