package org.mobilenet4j.data;

import java.io.IOException;

/// A data set with random access to its photos, so that shuffling is uniform.
public abstract class IndexedDataSet implements DataSet {
    protected IndexedDataSet() {}

    /// The photo at `index`.
    public abstract Sample sample(int index);

    /// Checks that its files are still those that were indexed; called before each pass.
    ///
    /// @throws IOException when they are not
    protected void check() throws IOException {
        // Nothing that a pass would not notice.
    }

    /// Such as `flowers: 3,670 photos of 5 classes`.
    @Override
    public String toString() {
        return DataSet.text(this);
    }

    @Override
    public final SampleReader shuffled(long seed) throws IOException {
        check();
        return new IndexedReader(this, SeededRandom.order(size(), seed));
    }

    @Override
    public final SampleReader inOrder() throws IOException {
        check();
        return new IndexedReader(this, null);
    }
}
