package org.mobilenet4j.app.cli;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.model.file.ModelFile;
import org.mobilenet4j.tensor.ElementType;

/// Small models and pictures for tests of the command line.
public final class Samples {
    /// Seven, so that two are not among the five likeliest.
    public static final List<String> LABELS = List.of("ant", "bee", "cat", "dog", "eel", "fox", "gnu");

    private Samples() {}

    public static Weights weights() {
        return Weights.random(network(), 1);
    }

    public static Network network() {
        return MobileNetV1.of(0.25, 32, LABELS.size()).network();
    }

    public static Path model(Path folder) throws IOException {
        return model(folder.resolve("model.safetensors"), Weights.random(network(), 1), LABELS);
    }

    public static Path model(Path file, Weights weights, List<String> labels) throws IOException {
        ModelFile.write(new Model(network(), weights, labels, Preprocessing.TF_SLIM), file, ElementType.FLOAT32);
        return file;
    }

    public static Path png(Path file, long seed) throws IOException {
        return Files.write(file, encoded("png", seed));
    }

    static byte[] encoded(String format, long seed) throws IOException {
        var random = new Random(seed);
        var picture = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
        var graphics = picture.createGraphics();
        for (int i = 0; i < 12; i++) {
            graphics.setColor(new java.awt.Color(random.nextInt(1 << 24)));
            graphics.fillRect(random.nextInt(30), random.nextInt(30), random.nextInt(30), random.nextInt(30));
        }
        graphics.dispose();
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(picture, format, bytes);
        return bytes.toByteArray();
    }
}
