package org.mobilenet4j.app.experiment;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.mobilenet4j.app.experiment.run.Protocol;
import org.mobilenet4j.data.DataSet;
import org.mobilenet4j.data.Folder;
import org.mobilenet4j.data.InMemory;
import org.mobilenet4j.data.Split;
import org.mobilenet4j.data.augment.Augmentation;
import org.mobilenet4j.train.Recipe;

/// A dozen red and blue pictures, learned and measured on.
record ColoredPhotos(DataSet photos) {
    static ColoredPhotos in(Path folder) throws IOException {
        var random = new Random(5);
        for (var name : List.of("blue", "red")) {
            var place = Files.createDirectories(folder.resolve(name));
            for (int i = 0; i < 6; i++) {
                var picture = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
                int noise = random.nextInt(120);
                var color = name.equals("red") ? new Color(200, noise, noise) : new Color(noise, noise, 200);
                var graphics = picture.createGraphics();
                graphics.setColor(color);
                graphics.fillRect(random.nextInt(16), random.nextInt(16), 16, 16);
                graphics.dispose();
                ImageIO.write(picture, "png", place.resolve(i + ".png").toFile());
            }
        }
        return new ColoredPhotos(InMemory.of(Folder.open(folder), 1 << 20));
    }

    Protocol protocol(Recipe recipe) {
        return new Protocol(
                new Split(photos, photos),
                new LinkedHashMap<>(Map.of("data", "photos")),
                32,
                recipe,
                Augmentation.LIGHT,
                2);
    }
}
