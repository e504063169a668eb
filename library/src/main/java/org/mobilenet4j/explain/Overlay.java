package org.mobilenet4j.explain;

import java.awt.image.BufferedImage;
import java.util.Objects;
import org.mobilenet4j.image.Image;

/// A photo with an activation map over it: parts that speak for the class are tinted, from violet to yellow with what
/// they contribute, and the others are gray and darker.
public final class Overlay {
    /// Colors of even steps in lightness, from dark to bright, as red, green and blue.
    private static final int[][] COLORS = {
        {13, 8, 135},
        {84, 2, 163},
        {139, 10, 165},
        {185, 50, 137},
        {219, 92, 104},
        {244, 136, 73},
        {254, 188, 43},
        {240, 249, 33}
    };

    /// How much of the color is on the photo where the map has its greatest value.
    private static final double MOST = 0.65;

    /// How bright the photo is where nothing speaks for the class.
    private static final double DIMMED = 0.55;

    private Overlay() {}

    /// A picture of the size of `photo`. What the network did not see, beyond a crop, is as dark as what says nothing.
    ///
    /// @param map of this photo
    public static BufferedImage draw(Image photo, ActivationMap map) {
        Objects.requireNonNull(photo, "photo");
        Objects.requireNonNull(map, "map");
        double most = 0;
        for (float value : map.values()) {
            most = Math.max(most, value);
        }
        var seen = map.seen();
        var picture = new BufferedImage(photo.width(), photo.height(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < photo.height(); y++) {
            boolean isSeenRow = y >= seen.top() && y < seen.top() + seen.height();
            for (int x = 0; x < photo.width(); x++) {
                boolean isSeen = isSeenRow && x >= seen.left() && x < seen.left() + seen.width();
                double share = isSeen && most > 0 ? Math.max(0, map.at(y + 0.5, x + 0.5)) / most : 0;
                picture.setRGB(x, y, color(photo, y, x, share));
            }
        }
        return picture;
    }

    /// The color of a share from 0 to 1.
    static int[] color(double share) {
        double place = Math.clamp(share, 0, 1) * (COLORS.length - 1);
        int low = Math.min((int) place, COLORS.length - 2);
        var color = new int[3];
        for (int c = 0; c < 3; c++) {
            color[c] = (int) Math.round(COLORS[low][c] + (place - low) * (COLORS[low + 1][c] - COLORS[low][c]));
        }
        return color;
    }

    private static int color(Image photo, int y, int x, double share) {
        var tint = color(share);
        double gray = 0.299 * photo.at(y, x, 0) + 0.587 * photo.at(y, x, 1) + 0.114 * photo.at(y, x, 2);
        int rgb = 0;
        for (int c = 0; c < 3; c++) {
            double own = share * photo.at(y, x, c) + (1 - share) * gray * (DIMMED + (1 - DIMMED) * share);
            double mixed = (1 - MOST * share) * own + MOST * share * tint[c];
            rgb = rgb << 8 | Math.clamp(Math.round(mixed), 0, 255);
        }
        return rgb;
    }
}
