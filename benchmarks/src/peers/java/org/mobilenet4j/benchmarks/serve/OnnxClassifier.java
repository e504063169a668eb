package org.mobilenet4j.benchmarks.serve;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/// Classifies photos as a Java service without this library would: Java's own decoder and scaling, ONNX Runtime for the
/// network. Photos of several threads run at once, each on its own thread.
final class OnnxClassifier {
    private static final int TOP = 5;
    private static final int CHANNELS = 3;

    /// One class of a photo.
    record Prediction(int index, String label, float probability) {}

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final String input;
    private final List<String> labels;
    private final int side;
    private final double crop;

    /// Reads a network whose input is one image, NCHW, with values from -1 to 1, and whose outputs are probabilities.
    ///
    /// @param crop the share of each side of a photo that is kept
    OnnxClassifier(Path model, List<String> labels, int side, double crop) throws OrtException {
        try (var options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            options.setSymbolicDimensionValue("N", 1);
            this.session = environment.createSession(model.toString(), options);
        }
        this.input = session.getInputNames().iterator().next();
        this.labels = labels;
        this.side = side;
        this.crop = crop;
    }

    /// The likeliest classes of a photo in a file's bytes.
    ///
    /// @throws IOException when it is no photo
    List<Prediction> classify(byte[] file) throws IOException, OrtException {
        var photo = ImageIO.read(new ByteArrayInputStream(file));
        if (photo == null) {
            throw new IOException("not a photo");
        }
        var shape = new long[] {1, CHANNELS, side, side};
        try (var tensor = OnnxTensor.createTensor(environment, pixels(resized(photo)), shape);
                var result = session.run(Map.of(input, tensor))) {
            return ranked(((float[][]) result.get(0).getValue())[0]);
        }
    }

    private BufferedImage resized(BufferedImage photo) {
        int width = (int) (photo.getWidth() * crop);
        int height = (int) (photo.getHeight() * crop);
        int x = (photo.getWidth() - width) / 2;
        int y = (photo.getHeight() - height) / 2;
        var small = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        var graphics = small.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(photo, 0, 0, side, side, x, y, x + width, y + height, null);
        graphics.dispose();
        return small;
    }

    private FloatBuffer pixels(BufferedImage small) {
        int area = side * side;
        var rgb = small.getRGB(0, 0, side, side, null, 0, side);
        var values = ByteBuffer.allocateDirect(CHANNELS * area * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        for (int channel = 0; channel < CHANNELS; channel++) {
            int shift = 16 - 8 * channel;
            for (int i = 0; i < area; i++) {
                values.put(channel * area + i, (rgb[i] >> shift & 0xff) / 127.5f - 1);
            }
        }
        return values;
    }

    private List<Prediction> ranked(float[] probabilities) {
        return IntStream.range(0, probabilities.length)
                .boxed()
                .sorted((a, b) -> Float.compare(probabilities[b], probabilities[a]))
                .limit(TOP)
                .map(i -> new Prediction(i, i < labels.size() ? labels.get(i) : "", probabilities[i]))
                .toList();
    }
}
