package org.mobilenet4j.fit;

import java.util.Objects;
import org.mobilenet4j.data.DataSet;
import org.mobilenet4j.data.DecodedCache;
import org.mobilenet4j.data.Labels;
import org.mobilenet4j.data.Split;
import org.mobilenet4j.data.Subset;
import org.mobilenet4j.error.BadFileException;

/// Photos to train on and photos to validate with.
public final class FitPhotos {
    private static final double VALIDATION_SHARE = 0.1;

    /// Share of the JVM's memory for decoded photos.
    private static final double CACHE_SHARE = 0.4;

    private FitPhotos() {}

    /// A tenth of each class of `all`, but at least one photo, for validation; the same seed gives the same split.
    public static Split holdOut(DataSet all, long seed) {
        Objects.requireNonNull(all, "all");
        return Subset.holdOut(all, VALIDATION_SHARE, seed);
    }

    /// `split`, whose training photos stay in memory once they are decoded, as far as there is room for them.
    ///
    /// @throws BadFileException if there are no validation photos, or the classes differ
    public static Split cached(Split split) throws BadFileException {
        Labels.requireSame(split.train(), split.validation());
        if (split.validation().size() == 0) {
            var train = split.train();
            throw new BadFileException(
                    train.name(),
                    "has too few photos to hold a tenth out for validation, " + train.size()
                            + (train.size() == 1 ? " photo" : " photos") + " of "
                            + train.labels().size()
                            + " classes; add photos, at least two of a class, or give others for validation");
        }
        long room = (long) (Runtime.getRuntime().maxMemory() * CACHE_SHARE);
        return new Split(new DecodedCache(split.train(), room), split.validation());
    }
}
