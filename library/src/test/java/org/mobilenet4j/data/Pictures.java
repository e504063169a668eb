package org.mobilenet4j.data;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;

/// Small pictures, and the folders and archives that they lie in.
public final class Pictures {
    private Pictures() {}

    /// A PNG of one color, told apart by `number`.
    static byte[] png(int number) throws IOException {
        var image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
        var color = new Color(number % 256, number / 256 % 256, 128);
        for (int i = 0; i < 64; i++) {
            image.setRGB(i % 8, i / 8, color.getRGB());
        }
        image.setRGB(0, 0, 0xffffff);
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }

    /// Names and contents of `perClass` pictures in each of `classes`, in turn.
    public static Map<String, byte[]> pictures(int perClass, int first, String... classes) throws IOException {
        var files = new LinkedHashMap<String, byte[]>();
        int number = first;
        for (int i = 0; i < perClass; i++) {
            for (var name : classes) {
                files.put(name + "/" + name + "_" + number + ".png", png(number++));
            }
        }
        return files;
    }

    public static Path write(Path folder, Map<String, byte[]> files) throws IOException {
        for (var file : files.entrySet()) {
            var path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        return folder;
    }

    public static byte[] tar(Map<String, byte[]> files) throws IOException {
        var tar = new ByteArrayOutputStream();
        for (var file : files.entrySet()) {
            tar.write(header(file.getKey(), file.getValue().length, '0'));
            tar.write(file.getValue());
            tar.write(new byte[-file.getValue().length & 511]);
        }
        tar.write(new byte[1024]);
        return tar.toByteArray();
    }

    public static byte[] zip(Map<String, byte[]> files) throws IOException {
        var zip = new ByteArrayOutputStream();
        try (var out = new ZipOutputStream(zip)) {
            for (var file : files.entrySet()) {
                out.putNextEntry(new ZipEntry(file.getKey()));
                out.write(file.getValue());
            }
        }
        return zip.toByteArray();
    }

    public static byte[] header(String name, long size, char type) {
        var block = ByteBuffer.allocate(512);
        block.put(0, name.getBytes(StandardCharsets.UTF_8));
        block.put(124, String.format("%011o", size).getBytes(StandardCharsets.US_ASCII));
        block.put(156, (byte) type);
        block.put(257, "ustar\00000".getBytes(StandardCharsets.US_ASCII));
        return sign(block.array());
    }

    /// Makes a header's checksum right.
    public static byte[] sign(byte[] header) {
        return sign(header, 0);
    }

    /// Makes the checksum of the header at `at` right.
    public static byte[] sign(byte[] tar, int at) {
        int sum = 8 * ' ';
        for (int i = 0; i < 512; i++) {
            sum += i >= 148 && i < 156 ? 0 : tar[at + i] & 0xff;
        }
        System.arraycopy(String.format("%06o\0 ", sum).getBytes(StandardCharsets.US_ASCII), 0, tar, at + 148, 8);
        return tar;
    }

    public static byte[] gzip(byte[] bytes) throws IOException {
        var zipped = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(zipped)) {
            out.write(bytes);
        }
        return zipped.toByteArray();
    }

    /// What lies at `path` below `shared/data` beside the repository; without it, the test is skipped.
    public static Path shared(String path) {
        var found = Stream.iterate(Path.of("").toAbsolutePath(), folder -> folder != null, Path::getParent)
                .map(folder -> folder.resolve("shared/data").resolve(path))
                .filter(Files::exists)
                .findFirst();
        Assumptions.assumeTrue(found.isPresent(), "shared/data/" + path + " is not beside the repository");
        return found.orElseThrow();
    }
}
