package org.mobilenet4j.fit;

import java.io.IOException;
import java.util.Optional;
import org.mobilenet4j.data.DataSet;
import org.mobilenet4j.data.Sample;
import org.mobilenet4j.data.augment.Augmentation;
import org.mobilenet4j.tensor.Shape;

/// The random changes of training photos where nothing is said.
public final class UsualAugmentation {
    /// The smallest part of a photo that [Augmentation#inception] shows.
    public static final double SMALLEST_AREA = 0.35;

    private static final int PHOTOS = 9;

    private UsualAugmentation() {}

    /// [Augmentation#LIGHT] where photos are no larger than the input, as Inception's crops would show things larger
    /// than validation does, and without a detail more; else Inception's, of at least [#SMALLEST_AREA].
    ///
    /// @param input the network's
    /// @throws IOException if the data cannot be read
    public static Augmentation of(DataSet photos, Shape input) throws IOException {
        return areSmall(photos, input) ? Augmentation.LIGHT : Augmentation.inception(SMALLEST_AREA);
    }

    /// Whether most of the first photos have no more rows or no more columns than `input`. What cannot be decoded does
    /// not count.
    ///
    /// @throws IOException if the data cannot be read
    public static boolean areSmall(DataSet photos, Shape input) throws IOException {
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
