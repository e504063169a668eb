package org.mobilenet4j.formats.dataset.boxes;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.mobilenet4j.data.box.Annotations;

/// Small annotated photos for tests, written in every form.
final class BoxFiles {
    static final int HEIGHT = 40;
    static final int WIDTH = 60;

    private final Path folder;

    BoxFiles(Path folder) {
        this.folder = folder;
    }

    /// A text file.
    Path file(String name, String text) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    /// A photo of 60 x 40 pixels.
    Path photo(String name) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, jpeg(WIDTH, HEIGHT));
    }

    void photos(String... names) throws IOException {
        for (var name : names) {
            photo(name);
        }
    }

    /// A photo that is stored as 60 x 40 pixels and turned by EXIF.
    Path turned(String name, int orientation) throws IOException {
        var plain = jpeg(WIDTH, HEIGHT);
        var exif = ByteBuffer.allocate(4 + 6 + 26);
        exif.putShort((short) 0xffe1).putShort((short) 34).put("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
        exif.put(new byte[] {'M', 'M', 0, 42, 0, 0, 0, 8}).putShort((short) 1);
        exif.putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0);
        exif.putInt(0);
        var all = new ByteArrayOutputStream();
        all.write(plain, 0, 2);
        all.write(exif.array());
        all.write(plain, 2, plain.length - 2);
        return Files.write(folder.resolve(name), all.toByteArray());
    }

    static byte[] jpeg(int width, int height) throws IOException {
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "jpeg", bytes);
        return bytes.toByteArray();
    }

    /// The XML of a photo in Pascal VOC's form.
    ///
    /// @param objects for each its name, xmin, ymin, xmax, ymax
    static String voc(String photo, int width, int height, String... objects) {
        var xml = new StringBuilder("<annotation>\n  <filename>" + photo + "</filename>\n  <size>\n    <width>" + width
                + "</width>\n    <height>" + height + "</height>\n  </size>\n");
        for (var object : objects) {
            var parts = object.split(" ", -1);
            xml.append("  <object>\n    <name>" + parts[0] + "</name>\n    <difficult>" + (parts.length > 5 ? 1 : 0)
                    + "</difficult>\n    <bndbox><xmin>" + parts[1] + "</xmin><ymin>" + parts[2] + "</ymin><xmax>"
                    + parts[3]
                    + "</xmax><ymax>" + parts[4] + "</ymax></bndbox>\n  </object>\n");
        }
        return xml + "</annotation>\n";
    }

    /// A JSON file of COCO's with one photo, `a.jpg`, and classes 3, dog, and 7, cat.
    ///
    /// @param boxes for each its category and its box
    static String coco(int width, int height, String... boxes) {
        var annotations = new StringBuilder();
        for (var box : boxes) {
            var parts = box.split(" ", 2);
            annotations.append(String.format(
                    Locale.ROOT,
                    "%s\n{\"id\": %d, \"image_id\": 12, \"category_id\": %s, \"bbox\": [%s], \"segmentation\": [[1, 2, 3, 4]]}",
                    annotations.isEmpty() ? "" : ",",
                    annotations.length(),
                    parts[0],
                    parts[1]));
        }
        return "{\"info\": {\"a\": [1]},\n\"annotations\": [" + annotations
                + "],\n\"images\": [{\"id\": 12, \"file_name\": \"a.jpg\", \"width\": "
                + width + ", \"height\": " + height
                + "}],\n\"categories\": [{\"id\": 7, \"name\": \"cat\"}, {\"id\": 3, \"name\": \"dog\"}]}";
    }

    /// The objects of the photo whose file has this name, such as `cat [1.0, 2.0, 3.0, 4.0]`.
    static List<String> objects(Annotations data, String photo) {
        return data.photos().stream()
                .filter(one -> one.name().endsWith(photo))
                .flatMap(one -> one.objects().stream())
                .map(object ->
                        data.labels().get(object.label()) + " " + object.box() + (object.isIgnored() ? " ignored" : ""))
                .toList();
    }
}
