package org.mobilenet4j.app.cli.detect;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.mobilenet4j.app.output.Picture;
import org.mobilenet4j.detect.Detection;
import org.mobilenet4j.image.Image;

/// A photo with a box around each object that was found, and its label and score on a strip of the box's color. Small
/// photos are enlarged, so that the labels can be read.
final class DetectionPicture {
    /// In pixels: a photo whose longer side is shorter is enlarged to at least that.
    private static final int LEAST_SIDE = 480;

    /// Neighboring classes get hues that are far apart.
    private static final float GOLDEN = 0.618034f;

    private final Image photo;
    private final int zoom;
    private final float line;
    private final Font font;

    private DetectionPicture(Image photo) {
        this.photo = photo;
        int side = Math.max(photo.height(), photo.width());
        this.zoom = Math.max(1, Math.ceilDiv(LEAST_SIDE, side));
        this.line = Math.max(2, side * zoom / 250f);
        this.font = new Font(Font.SANS_SERIF, Font.BOLD, Math.max(13, side * zoom / 40));
    }

    /// Draws to a PNG file.
    static void write(Image photo, List<Detection> detections, Path file) throws IOException {
        Picture.write(file, () -> new DetectionPicture(photo).draw(detections));
    }

    /// The boxes of the most certain come last, on top; their labels have the first choice of a place.
    private BufferedImage draw(List<Detection> detections) {
        var picture = new BufferedImage(photo.width() * zoom, photo.height() * zoom, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                int py = y / zoom;
                int px = x / zoom;
                picture.setRGB(x, y, (photo.at(py, px, 0) << 16) | (photo.at(py, px, 1) << 8) | photo.at(py, px, 2));
            }
        }
        var graphics = picture.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            graphics.setFont(font);
            graphics.setStroke(new BasicStroke(line));
            detections.reversed().forEach(detection -> box(graphics, detection));
            var taken = new ArrayList<Rectangle>();
            detections.forEach(detection -> label(graphics, picture, detection, taken));
        } finally {
            graphics.dispose();
        }
        return picture;
    }

    private static Color color(Detection detection) {
        return Color.getHSBColor(detection.index() * GOLDEN % 1, 0.9f, 0.95f);
    }

    private void box(Graphics2D graphics, Detection detection) {
        var box = detection.box();
        int half = Math.round(line / 2);
        int left = Math.round(box.x0() * zoom) + half;
        int top = Math.round(box.y0() * zoom) + half;
        graphics.setColor(color(detection));
        graphics.drawRect(
                left,
                top,
                Math.max(1, Math.round(box.x1() * zoom) - half - left),
                Math.max(1, Math.round(box.y1() * zoom) - half - top));
    }

    /// Above the box, or else inside or below it: the first place in the picture where no other label is.
    private void label(Graphics2D graphics, BufferedImage picture, Detection detection, List<Rectangle> taken) {
        var text = String.format(Locale.ROOT, "%s %.0f %%", detection.label(), detection.score() * 100);
        var metrics = graphics.getFontMetrics();
        int height = metrics.getHeight();
        int width = metrics.stringWidth(text) + height / 2;
        int top = Math.round(detection.box().y0() * zoom);
        int bottom = Math.round(detection.box().y1() * zoom);
        int left = Math.clamp(Math.round(detection.box().x0() * zoom), 0, Math.max(0, picture.getWidth() - width));
        var inside = new Rectangle(left, Math.max(0, Math.min(top, picture.getHeight() - height)), width, height);
        var place = IntStream.of(top - height, top, bottom - height, bottom, top + height)
                .mapToObj(y -> new Rectangle(left, y, width, height))
                .filter(at -> at.y >= 0 && at.y + height <= picture.getHeight())
                .filter(at -> taken.stream().noneMatch(at::intersects))
                .findFirst()
                .orElse(inside);
        taken.add(place);
        var color = color(detection);
        graphics.setColor(color);
        graphics.fill(place);
        graphics.setColor(brightness(color) > 0.5 ? Color.BLACK : Color.WHITE);
        graphics.drawString(text, left + height / 4, place.y + metrics.getAscent() + metrics.getLeading() / 2);
    }

    private static double brightness(Color color) {
        return (0.299 * color.getRed() + 0.587 * color.getGreen() + 0.114 * color.getBlue()) / 255;
    }
}
