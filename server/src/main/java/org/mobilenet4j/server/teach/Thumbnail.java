package org.mobilenet4j.server.teach;

import org.mobilenet4j.image.Image;

/// Makes large photos small before they are kept decoded: a network that looks at 224 pixels learns nothing from 4,000,
/// and a few hundred of those would fill the memory.
final class Thumbnail {
    /// The shorter side keeps at least as many pixels.
    private static final int SHORTER_SIDE = 320;

    private Thumbnail() {}

    /// `photo` with blocks of pixels averaged, or itself if it is small.
    static Image of(Image photo) {
        int block = Math.min(photo.height(), photo.width()) / SHORTER_SIDE;
        return block < 2 ? photo : averaged(photo, block);
    }

    private static Image averaged(Image photo, int block) {
        int height = photo.height() / block;
        int width = photo.width() / block;
        var rgb = new byte[height * width * 3];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                for (int c = 0; c < 3; c++) {
                    rgb[(y * width + x) * 3 + c] = (byte) mean(photo, y * block, x * block, c, block);
                }
            }
        }
        return new Image(height, width, rgb);
    }

    private static int mean(Image photo, int top, int left, int channel, int block) {
        long sum = 0;
        for (int y = top; y < top + block; y++) {
            for (int x = left; x < left + block; x++) {
                sum += photo.at(y, x, channel);
            }
        }
        long count = (long) block * block;
        return (int) ((sum + count / 2) / count);
    }
}
