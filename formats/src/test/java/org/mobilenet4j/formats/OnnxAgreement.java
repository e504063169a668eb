package org.mobilenet4j.formats;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import java.util.SplittableRandom;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.infer.Session;
import org.mobilenet4j.infer.SessionOptions;
import org.mobilenet4j.model.Model;

/// Whether files and models compute the same.
public final class OnnxAgreement {
    private static final float TOLERANCE = 1e-5f;

    private OnnxAgreement() {}

    /// The same images for the same network.
    public static float[] images(Network network, int batch) {
        var random = new SplittableRandom(1704);
        var images = new float[batch * network.input().elements()];
        for (int i = 0; i < images.length; i++) {
            images[i] = (float) random.nextDouble(-1, 1);
        }
        return images;
    }

    /// Our outputs, by the kernels that need no warming up.
    public static float[] run(Model model, int batch) {
        var options = SessionOptions.DEFAULT.withKernels(SessionOptions.Kernels.SCALAR);
        return Session.open(model, options).run(images(model.network(), batch), batch);
    }

    /// Fails unless ONNX Runtime makes of `file` what we make of `model`.
    public static void agrees(byte[] file, Model model, int batch) throws OrtException {
        try (var oracle = OnnxOracle.open(file, model.network())) {
            near(run(model, batch), oracle.run(images(model.network(), batch), batch));
        }
    }

    /// Fails unless `actual` is `expected` to 1e-5 of its largest value, or of 1.
    public static void near(float[] actual, float[] expected) {
        float largest = 1;
        float error = 0;
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat(Float.isNaN(actual[i])).isEqualTo(Float.isNaN(expected[i]));
            largest = Math.max(largest, Math.abs(expected[i]));
            error = Math.max(error, Math.abs(expected[i] - actual[i]));
        }
        assertThat(error).isLessThanOrEqualTo(TOLERANCE * largest);
    }
}
