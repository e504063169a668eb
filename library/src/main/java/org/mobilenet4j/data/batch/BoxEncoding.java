package org.mobilenet4j.data.batch;

import org.mobilenet4j.data.augment.PlacedBoxes;

/// How a photo's objects become the row of numbers that a loss takes. Threads share it.
public interface BoxEncoding {
    /// The number of values of a row.
    int values();

    /// Writes the row of a photo with these `boxes` to `rows` from `at` on. Allocates nothing.
    void encode(PlacedBoxes boxes, float[] rows, int at);
}
