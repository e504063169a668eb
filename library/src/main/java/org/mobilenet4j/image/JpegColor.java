package org.mobilenet4j.image;

import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import org.mobilenet4j.error.BadValueException;

/// The color space of a JPEG, guessed from its markers as libjpeg does, and its conversion to RGB with libjpeg's 16-bit
/// fixed-point arithmetic.
///
/// CMYK becomes RGB by `ink * black / 255`, rounded down, as in TensorFlow's decoder; color profiles are ignored.
/// Adobe's programs store ink inverted, which their marker tells.
enum JpegColor {
    GRAY(1),
    YCBCR(3),
    RGB(3),
    CMYK(4),
    INVERTED_CMYK(4),
    INVERTED_YCCK(4);

    /// The transform of a file without Adobe's marker.
    static final int NO_ADOBE = -1;

    private static final int HALF = 1 << 15;
    // The four coefficients of BT.601, times 2^16.
    private static final int CR_TO_RED = 91_881;
    private static final int CB_TO_GREEN = 22_554;
    private static final int CR_TO_GREEN = 46_802;
    private static final int CB_TO_BLUE = 116_130;

    private final int components;

    JpegColor(int components) {
        this.components = components;
    }

    /// @param ids the components' ids in the frame
    /// @param jfif whether the file has JFIF's marker
    /// @param adobe the transform in Adobe's marker, or [#NO_ADOBE]
    /// @throws BadValueException without the file's name, for an unsupported number of components
    static JpegColor of(int[] ids, boolean jfif, int adobe) {
        boolean lettered = ids.length == 3 && ids[0] == 'R' && ids[1] == 'G' && ids[2] == 'B';
        return switch (ids.length) {
            case 1 -> GRAY;
            case 3 -> !jfif && (adobe == 0 || (adobe == NO_ADOBE && lettered)) ? RGB : YCBCR;
            case 4 -> adobe == NO_ADOBE ? CMYK : adobe == 0 ? INVERTED_CMYK : INVERTED_YCCK;
            default ->
                throw new BadValueException(
                        "is a JPEG image of " + ids.length + " components; convert it to RGB or gray");
        };
    }

    /// An image of the components in `raster`, which it takes over.
    Image toRgb(int height, int width, Raster raster) {
        if (raster.getHeight() != height || raster.getWidth() != width || raster.getNumBands() != components) {
            throw new BadValueException("is a damaged image (the decoder returned another size); get it again");
        }
        var stored = ((DataBufferByte) raster.getDataBuffer()).getData();
        switch (this) {
            case YCBCR, INVERTED_YCCK -> fromYcc(stored, components);
            default -> {}
        }
        return new Image(height, width, components == 3 ? stored : repack(stored, height * width));
    }

    private byte[] repack(byte[] stored, int pixels) {
        var rgb = new byte[pixels * 3];
        for (int i = 0; i < pixels; i++) {
            for (int c = 0; c < 3; c++) {
                rgb[3 * i + c] = this == GRAY ? stored[i] : withBlack(stored[4 * i + c], stored[4 * i + 3]);
            }
        }
        return rgb;
    }

    private byte withBlack(byte ink, byte black) {
        int flip = this == CMYK ? 0xff : 0;
        return (byte) (((ink & 0xff) ^ flip) * ((black & 0xff) ^ flip) / 255);
    }

    /// Converts in place. YCCK holds the RGB whose complement is the ink; that ink is stored inverted in turn.
    private static void fromYcc(byte[] pixels, int stride) {
        int flip = stride == 4 ? 0xff : 0;
        for (int i = 0; i + 2 < pixels.length; i += stride) {
            int y = pixels[i] & 0xff;
            int cb = (pixels[i + 1] & 0xff) - 128;
            int cr = (pixels[i + 2] & 0xff) - 128;
            pixels[i] = clamp(y + ((CR_TO_RED * cr + HALF) >> 16), flip);
            pixels[i + 1] = clamp(y + ((HALF - CB_TO_GREEN * cb - CR_TO_GREEN * cr) >> 16), flip);
            pixels[i + 2] = clamp(y + ((CB_TO_BLUE * cb + HALF) >> 16), flip);
        }
    }

    private static byte clamp(int value, int flip) {
        return (byte) (Math.clamp(value, 0, 255) ^ flip);
    }
}
