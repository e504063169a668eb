package org.mobilenet4j.data;

import java.io.IOException;
import java.util.Optional;

/// Reads the samples of a data set once, in an order that is fixed when it is opened. For one thread at a time; other
/// threads may decode the samples.
public interface SampleReader extends AutoCloseable {
    /// The next sample, or none after the last.
    ///
    /// @throws IOException when the data set's own files cannot be read any more
    Optional<Sample> next() throws IOException;

    /// Skips `count` samples without decoding them.
    ///
    /// @throws IOException when the data set's own files cannot be read any more
    default void skip(long count) throws IOException {
        for (long i = 0; i < count && next().isPresent(); i++) {
            // To move on is all that is wanted.
        }
    }

    @Override
    void close() throws IOException;
}
