package org.mobilenet4j.train;

import java.io.IOException;
import org.mobilenet4j.data.Unreadable;
import org.mobilenet4j.model.Model;

/// Measures models on the validation photos of a training.
public interface Validator extends AutoCloseable {
    /// How good `model` is.
    ///
    /// @throws IOException if the photos cannot be read
    Validation measure(Model model, int threads) throws IOException;

    /// The photos that could not be read so far; the results are those of the others.
    Unreadable unreadable();

    @Override
    void close() throws IOException;
}
