package org.mobilenet4j.app.cli;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.mobilenet4j.arch.zoo.MobileNetV1;
import org.mobilenet4j.image.Preprocessing;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.model.Weights;
import org.mobilenet4j.model.file.ModelFile;
import org.mobilenet4j.tensor.ElementType;

/// Runs the commands that should start fast, with a network of random weights and an image of a rectangle. The launcher
/// lets the JVM record this run and stores the loaded and linked classes for the next start.
final class AotTrainingRun {
    private AotTrainingRun() {}

    public static void main(String[] args) throws IOException {
        var folder = Files.createTempDirectory("mobilenet4j");
        var model = folder.resolve("model.safetensors");
        var photo = folder.resolve("photo.jpg");
        try {
            var network = MobileNetV1.of(0.25, 128, 1000).network();
            ModelFile.write(
                    new Model(network, Weights.random(network, 1), List.of(), Preprocessing.TF_SLIM),
                    model,
                    ElementType.FLOAT32);
            draw(photo);
            Prewarm.run();
            play();
            play("--version");
            play("--help");
            play("classify", "--help");
            play("clasify");
            play("cost", "mobilenet-v1", "--alpha", "0.5");
            play("models");
            play("inspect", model.toString());
            play("classify", "--model", model.toString(), photo.toString());
            play("classify", photo.toString(), photo.toString());
            play("classify", "--model", model.toString(), "--format", "json", photo.toString());
        } finally {
            Files.deleteIfExists(model);
            Files.deleteIfExists(photo);
            Files.deleteIfExists(folder);
        }
    }

    private static void play(String... args) {
        Main.run(args, new PrintWriter(Writer.nullWriter()), new PrintWriter(Writer.nullWriter()));
    }

    private static void draw(Path photo) throws IOException {
        var picture = new BufferedImage(320, 240, BufferedImage.TYPE_INT_RGB);
        var pen = picture.createGraphics();
        pen.setColor(Color.ORANGE);
        pen.fillRect(80, 60, 120, 100);
        pen.dispose();
        ImageIO.write(picture, "jpeg", photo.toFile());
    }
}
