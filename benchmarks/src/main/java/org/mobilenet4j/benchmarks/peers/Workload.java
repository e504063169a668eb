package org.mobilenet4j.benchmarks.peers;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mobilenet4j.tensor.Shape;

/// What an engine does in one run.
///
/// @param images dense NHWC one after the other, at least one batch
/// @param batch images per run
/// @param threads threads that work at the same time
record Workload(FloatBuffer images, int batch, int threads) {
    /// Raw little-endian floats: the images in a file.
    static Workload read(Path file, int batch, int threads) throws IOException {
        var bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        return new Workload(bytes.asFloatBuffer(), batch, threads);
    }

    /// Writes the file that [#read] reads.
    static void write(float[] images, Path file) throws IOException {
        var bytes = ByteBuffer.allocate(images.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(images);
        Files.write(file, bytes.array());
    }

    /// The batch as NHWC.
    float[] channelsLast(Shape shape) {
        var values = new float[batch * shape.elements()];
        images.get(0, values);
        return values;
    }

    /// The batch as NCHW.
    float[] channelsFirst(Shape shape) {
        var given = channelsLast(shape);
        var values = new float[given.length];
        int pixels = shape.pixels();
        int channels = shape.channels();
        for (int i = 0; i < values.length; i++) {
            int image = i / shape.elements();
            int channel = i / pixels % channels;
            int pixel = i % pixels;
            values[i] = given[(image * pixels + pixel) * channels + channel];
        }
        return values;
    }
}
