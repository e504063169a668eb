package org.mobilenet4j.data;

/// A data set with random access to its photos, so that shuffling is uniform.
public abstract class IndexedDataSet implements DataSet {
    protected IndexedDataSet() {}

    /// The photo at `index`.
    public abstract Sample sample(int index);

    @Override
    public final SampleReader shuffled(long seed) {
        return new IndexedReader(this, SeededRandom.order(size(), seed));
    }

    @Override
    public final SampleReader inOrder() {
        return new IndexedReader(this, null);
    }
}
