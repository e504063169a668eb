package org.mobilenet4j.app.cli.train;

import java.io.IOException;
import java.util.Optional;
import org.mobilenet4j.data.DataSet;
import org.mobilenet4j.data.Sample;
import org.mobilenet4j.tensor.Shape;

/// The size of photos, as the first few show it.
final class PhotoSize {
    private static final int PHOTOS = 9;

    private PhotoSize() {}

    /// Whether most of the first photos have no more rows or no more columns than `input`. What cannot be decoded does
    /// not count.
    ///
    /// @throws IOException if the data cannot be read
    static boolean isAtMost(DataSet photos, Shape input) throws IOException {
        int balance = 0;
        try (var reader = photos.inOrder()) {
            Optional<Sample> sample = reader.next();
            for (int i = 0; i < PHOTOS && sample.isPresent(); i++) {
                balance += vote(sample.get(), input);
                sample = reader.next();
            }
        }
        return balance > 0;
    }

    private static int vote(Sample sample, Shape input) {
        try {
            var image = sample.photo().decode();
            return image.height() <= input.height() || image.width() <= input.width() ? 1 : -1;
        } catch (IOException unreadable) {
            return 0;
        }
    }
}
