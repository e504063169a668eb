package org.mobilenet4j.train;

import java.io.IOException;
import org.mobilenet4j.data.Unreadable;
import org.mobilenet4j.data.batch.Batches;
import org.mobilenet4j.model.Model;

/// Measures the accuracy of classifiers.
///
/// @param batches the validation photos, closed with this
record ClassValidator(Batches batches) implements Validator {
    @Override
    public Validation measure(Model model, int threads) throws IOException {
        return Validation.of(model, batches, threads);
    }

    @Override
    public Unreadable unreadable() {
        return batches.unreadable();
    }

    @Override
    public void close() throws IOException {
        batches.close();
    }
}
