package org.mobilenet4j.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.plugins.bmp.BMPImageWriteParam;

/// Small files of every format, made by the JDK's writers and changed by hand where those cannot do it.
final class Samples {
    private Samples() {}

    /// Smooth colors with some noise, the same at each call.
    static BufferedImage picture(int height, int width, int type) {
        var random = new Random(7);
        var image = new BufferedImage(width, height, type);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int red = 255 * x / width;
                int green = 255 * y / height;
                image.setRGB(x, y, 0xff000000 | red << 16 | green << 8 | random.nextInt(256));
            }
        }
        return image;
    }

    static Image image(int height, int width, long seed) {
        var rgb = new byte[height * width * 3];
        new Random(seed).nextBytes(rgb);
        return new Image(height, width, rgb);
    }

    static byte[] write(String format, BufferedImage image) throws IOException {
        return write(format, new IIOImage(image, null, null));
    }

    static byte[] progressiveJpeg(BufferedImage image) throws IOException {
        var writer = jdkWriter("jpeg");
        var param = writer.getDefaultWriteParam();
        param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
        return write(writer, new IIOImage(image, null, null), param);
    }

    static byte[] bmp(BufferedImage image, String compression, boolean topDown) throws IOException {
        var writer = jdkWriter("bmp");
        var param = (BMPImageWriteParam) writer.getDefaultWriteParam();
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionType(compression);
        param.setTopDown(topDown);
        return write(writer, new IIOImage(image, null, null), param);
    }

    /// A JPEG of one color whose components are stored as they are given, without any marker that explains them.
    static byte[] rawJpeg(int... components) throws IOException {
        var raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 8, 8, components.length, null);
        for (int y = 0; y < 8; y++) {
            for (int x = 0; x < 8; x++) {
                raster.setPixel(x, y, components);
            }
        }
        var writer = jdkWriter("jpeg");
        var param = writer.getDefaultWriteParam();
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionQuality(1);
        return write(writer, new IIOImage(raster, null, null), param);
    }

    private static byte[] write(String format, IIOImage image) throws IOException {
        var writer = jdkWriter(format);
        return write(writer, image, writer.getDefaultWriteParam());
    }

    private static byte[] write(ImageWriter writer, IIOImage image, ImageWriteParam param) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var stream = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(stream);
            writer.write(null, image, param);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static ImageWriter jdkWriter(String format) {
        var writers = ImageIO.getImageWritersByFormatName(format);
        while (writers.hasNext()) {
            var writer = writers.next();
            if (writer.getClass().getModule() == ImageIO.class.getModule()) {
                return writer;
            }
        }
        throw new AssertionError("the JDK writes no " + format);
    }

    /// What the JDK's own reader makes of a file.
    static BufferedImage readByJdk(String format, byte[] bytes) throws IOException {
        var readers = ImageIO.getImageReadersByFormatName(format);
        ImageReader reader = readers.next();
        while (reader.getClass().getModule() != ImageIO.class.getModule()) {
            reader = readers.next();
        }
        try (var stream = ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
            reader.setInput(stream, true, true);
            return reader.read(0);
        } finally {
            reader.dispose();
        }
    }

    /// `jpeg` with another segment after its start.
    static byte[] withSegment(byte[] jpeg, int marker, byte[] data) {
        var bytes = ByteBuffer.allocate(jpeg.length + data.length + 4);
        bytes.put(jpeg, 0, 2).put((byte) 0xff).put((byte) marker).putShort((short) (data.length + 2));
        return bytes.put(data).put(jpeg, 2, jpeg.length - 2).array();
    }

    static byte[] withAdobe(byte[] jpeg, int transform) {
        return withSegment(jpeg, 0xee, new byte[] {'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, (byte) transform});
    }

    static byte[] withOrientation(byte[] jpeg, int orientation) {
        var exif = ByteBuffer.allocate(6 + 26).put(new byte[] {'E', 'x', 'i', 'f', 0, 0});
        return withSegment(jpeg, 0xe1, exif.put(tiff(orientation)).array());
    }

    /// A big-endian TIFF structure of one directory with one entry.
    static byte[] tiff(int orientation) {
        return ByteBuffer.allocate(26)
                .put(new byte[] {'M', 'M', 0, 42})
                .putInt(8)
                .putShort((short) 1)
                .putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0)
                .putInt(0)
                .array();
    }

    /// `png` with another chunk after its header.
    static byte[] withChunk(byte[] png, String type, byte[] data) {
        int header = 8 + 25;
        var bytes = ByteBuffer.allocate(png.length + data.length + 12).put(png, 0, header);
        bytes.put(chunk(type, data));
        return bytes.put(png, header, png.length - header).array();
    }

    private static byte[] chunk(String type, byte[] data) {
        var bytes = ByteBuffer.allocate(data.length + 12).putInt(data.length);
        bytes.put(type.getBytes(java.nio.charset.StandardCharsets.US_ASCII)).put(data);
        var crc = new CRC32();
        crc.update(bytes.array(), 4, data.length + 4);
        return bytes.putInt((int) crc.getValue()).array();
    }

    /// `png` with a header that claims another size and has a right checksum.
    static byte[] claiming(byte[] png, int height, int width) {
        var copy = Arrays.copyOf(png, png.length);
        var header = ByteBuffer.allocate(13).putInt(width).putInt(height).put(png, 24, 5);
        System.arraycopy(chunk("IHDR", header.array()), 0, copy, 8, 25);
        return copy;
    }

    /// An indexed image of four colors, the last of which is transparent.
    static BufferedImage indexed(int height, int width) {
        byte[] red = {0, (byte) 200, 10, 50};
        byte[] green = {0, 100, (byte) 220, 60};
        byte[] blue = {0, 50, 30, 70};
        var colors = new IndexColorModel(2, 4, red, green, blue, 3);
        WritableRaster raster = colors.createCompatibleWritableRaster(width, height);
        for (int i = 0; i < height * width; i++) {
            raster.setSample(i % width, i / width, 0, i % 4);
        }
        return new BufferedImage(colors, raster, false, null);
    }
}
