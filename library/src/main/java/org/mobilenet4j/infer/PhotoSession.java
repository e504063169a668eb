package org.mobilenet4j.infer;

import java.util.Arrays;
import java.util.List;
import org.mobilenet4j.image.Image;
import org.mobilenet4j.image.Preprocessor;

/// A session with the preprocessing of its model: photos in, outputs out. One thread's at a time.
final class PhotoSession {
    private final Session session;
    private final Preprocessor preprocessor;
    private final int values;
    /// The inputs of as many photos as were ever run together.
    private float[] input;

    PhotoSession(Plan plan, int threads) {
        this.session = Session.open(plan, threads);
        this.preprocessor = new Preprocessor(plan.model().preprocessing(), plan.inputShape());
        this.values = plan.inputShape().elements();
        this.input = new float[values];
    }

    /// The outputs of each photo, one after the other.
    float[] run(List<Image> photos) {
        int count = photos.size();
        if (input.length != count * values) {
            input = Arrays.copyOf(input, count * values);
        }
        for (int i = 0; i < count; i++) {
            preprocessor.apply(photos.get(i), input, i * values);
        }
        return session.run(input, count);
    }
}
