package org.mobilenet4j.data;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/// Labeled photos that can be read any number of times, in an order that a seed determines.
///
/// Immutable and thread-safe: several readers may be open at once. Construction checks that there are at least two
/// classes; whether photos are readable shows only when they are decoded.
public interface DataSet {
    /// Its name in messages.
    String name();

    /// A name for each class. Names that come from the data itself are sorted, so that two parts of the same data
    /// agree.
    List<String> labels();

    /// The number of photos.
    int size();

    /// The class of the photo with [Sample#index()] `index`, see [Target#label].
    int label(int index);

    /// Every photo once, in random order: the same seed gives the same order.
    ///
    /// @throws IOException when the data set's own files cannot be read
    SampleReader shuffled(long seed) throws IOException;

    /// Every photo once, in the order of the indices.
    ///
    /// @throws IOException when the data set's own files cannot be read
    SampleReader inOrder() throws IOException;

    /// What the `toString` of data sets says: `flowers: 3,670 photos of 5 classes`.
    static String text(DataSet data) {
        return String.format(
                Locale.ROOT,
                "%s: %,d photos of %,d classes",
                data.name(),
                data.size(),
                data.labels().size());
    }

    /// The number of photos of each class.
    default int[] counts() {
        var counts = new int[labels().size()];
        for (int i = 0; i < size(); i++) {
            counts[label(i)]++;
        }
        return counts;
    }
}
