package org.mobilenet4j.data;

import java.io.IOException;
import java.util.List;

/// Labeled photos that can be read again and again, in an order that a seed decides.
///
/// Immutable, and shared by threads: several readers may be open at once. What is checked when one is made:
/// that there are at least two classes. Whether the photos can be read shows only when they are
/// decoded.
public interface DataSet {
    /// What messages call it.
    String name();

    /// A name for each class. Sorted wherever they come from the data itself, so that two parts of the
    /// same data agree.
    List<String> labels();

    /// The number of photos.
    int size();

    /// The class of photo number `index`, as in [Sample#index()].
    int label(int index);

    /// Every photo once, in an order that `seed` decides: the same seed, the same order.
    ///
    /// @throws IOException when the data set's own files cannot be read
    SampleReader shuffled(long seed) throws IOException;

    /// Every photo once, by its index.
    ///
    /// @throws IOException when the data set's own files cannot be read
    SampleReader inOrder() throws IOException;

    /// The number of photos of each class.
    default int[] counts() {
        var counts = new int[labels().size()];
        for (int i = 0; i < size(); i++) {
            counts[label(i)]++;
        }
        return counts;
    }
}
