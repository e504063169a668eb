package org.mobilenet4j.benchmarks.serve;

import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/// Photos as clients send them: JPEG of 640 x 480.
final class ServicePhotos {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;

    private ServicePhotos() {}

    /// The PNG and JPEG files of a folder, each made that size.
    static List<byte[]> of(Path folder) throws IOException {
        var photos = new ArrayList<byte[]>();
        try (var files = Files.list(folder)) {
            for (var file : files.sorted().toList()) {
                if (file.toString().matches(".*\\.(png|jpe?g)")) {
                    photos.add(jpeg(ImageIO.read(file.toFile())));
                }
            }
        }
        if (photos.isEmpty()) {
            throw new IOException(folder + " has no .png or .jpg file");
        }
        return photos;
    }

    private static byte[] jpeg(BufferedImage photo) throws IOException {
        var scaled = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        var graphics = scaled.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.drawImage(photo, 0, 0, WIDTH, HEIGHT, null);
        graphics.dispose();
        var file = new ByteArrayOutputStream();
        ImageIO.write(scaled, "jpeg", file);
        return file.toByteArray();
    }
}
