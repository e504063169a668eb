package org.mobilenet4j.data;

/// A data set whose photos can be reached in any order, so that every order is as likely as any other.
public abstract class IndexedDataSet implements DataSet {
    protected IndexedDataSet() {}

    /// Photo number `index`.
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
