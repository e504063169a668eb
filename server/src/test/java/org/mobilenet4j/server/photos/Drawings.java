package org.mobilenet4j.server.photos;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.ImageIO;

/// Photos that tests make themselves: a colored disc somewhere, or stripes.
public final class Drawings {
    private static final int SIDE = 160;

    private Drawings() {}

    /// A disc of a warm color, as PNG; the same seed gives the same.
    public static byte[] disc(long seed) {
        var random = new Random(seed);
        var image = background(random);
        var graphics = image.createGraphics();
        graphics.setColor(new Color(200 + random.nextInt(55), random.nextInt(80), random.nextInt(60)));
        int size = 70 + random.nextInt(40);
        graphics.fillOval(random.nextInt(SIDE - size), random.nextInt(SIDE - size), size, size);
        return png(image);
    }

    /// Stripes of a cold color, as PNG.
    public static byte[] stripes(long seed) {
        var random = new Random(seed);
        var image = background(random);
        var graphics = image.createGraphics();
        graphics.setColor(new Color(random.nextInt(60), random.nextInt(80), 180 + random.nextInt(70)));
        int width = 8 + random.nextInt(8);
        for (int x = random.nextInt(width); x < SIDE; x += 2 * width) {
            graphics.fillRect(x, 0, width, SIDE);
        }
        return png(image);
    }

    private static BufferedImage background(Random random) {
        var image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                int gray = 170 + random.nextInt(60);
                image.setRGB(x, y, gray << 16 | gray << 8 | gray);
            }
        }
        return image;
    }

    private static byte[] png(BufferedImage image) {
        var bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
