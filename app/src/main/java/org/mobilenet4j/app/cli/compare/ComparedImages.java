package org.mobilenet4j.app.cli.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import org.mobilenet4j.data.Folder;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.image.Image;
import org.mobilenet4j.image.ImageDecoder;
import org.mobilenet4j.tensor.Shape;

/// The images that two models are compared on.
final class ComparedImages {
    /// An image that is read when its turn comes.
    record Named(String name, Source source) {}

    /// Where an image comes from.
    @FunctionalInterface
    interface Source {
        Image image() throws IOException;
    }

    private static final Set<String> ENDINGS = Set.of("jpg", "jpeg", "png", "webp", "bmp", "gif");

    private ComparedImages() {}

    /// The photos in `paths`: files, and folders with photos at any depth, where files with the name of no photo are
    /// passed over; at most `most`, evenly from all of them.
    ///
    /// @throws IOException if a folder cannot be read
    /// @throws IllegalArgumentException naming a folder without photos
    static List<Named> photos(List<Path> paths, int most) throws IOException {
        var files = new ArrayList<Path>();
        for (var path : paths) {
            if (Files.isDirectory(path)) {
                var inside = inside(path);
                if (inside.isEmpty()) {
                    throw new BadValueException(path + ": has no photos (JPEG, PNG, WebP, BMP or GIF)");
                }
                files.addAll(inside);
            } else {
                files.add(path);
            }
        }
        var photos = new ArrayList<Named>();
        int count = Math.min(most, files.size());
        for (int i = 0; i < count; i++) {
            var file = files.get((int) ((long) i * files.size() / count));
            photos.add(new Named(file.toString(), () -> ImageDecoder.decode(file)));
        }
        return photos;
    }

    private static List<Path> inside(Path folder) throws IOException {
        return Folder.photos(folder).stream().filter(ComparedImages::isPhoto).toList();
    }

    private static boolean isPhoto(Path file) {
        var name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1));
    }

    /// Pictures of `size` with random colors: a random one for the whole, and noise around it, so that both means and
    /// details differ.
    static List<Named> random(int count, long seed, Shape size) {
        var pictures = new ArrayList<Named>();
        for (int i = 0; i < count; i++) {
            long own = seed + i;
            pictures.add(new Named("random " + (i + 1), () -> picture(own, size)));
        }
        return pictures;
    }

    private static Image picture(long seed, Shape size) {
        var random = new SplittableRandom(seed);
        var base = new int[] {random.nextInt(256), random.nextInt(256), random.nextInt(256)};
        int noise = 16 + random.nextInt(112);
        var rgb = new byte[3 * size.pixels()];
        for (int k = 0; k < rgb.length; k++) {
            rgb[k] = (byte) Math.clamp(base[k % 3] + random.nextInt(-noise, noise + 1), 0, 255);
        }
        return new Image(size.height(), size.width(), rgb);
    }
}
