import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RadialGradientPaint;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.Random;

/// A picture of 256 x 256 pixels, and what makes a drawing look a little more like a photo: light from the upper left,
/// soft shadows, and grain. Lengths are in pixels, colors 0xRRGGBB.
final class Canvas {
    static final int SIZE = 256;

    private final BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
    private final Graphics2D pen = image.createGraphics();
    private final Random random;

    /// @param seed of the grain and of all that is scattered
    Canvas(long seed) {
        random = new Random(seed);
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    }

    Graphics2D pen() {
        return pen;
    }

    Random random() {
        return random;
    }

    /// Draws all that follows at another size, about the middle.
    Canvas sized(double scale) {
        pen.translate(SIZE / 2.0, SIZE / 2.0);
        pen.scale(scale, scale);
        pen.translate(-SIZE / 2.0, -SIZE / 2.0);
        return this;
    }

    static Shape circle(double x, double y, double radius) {
        return ellipse(x, y, radius, radius);
    }

    static Shape ellipse(double x, double y, double rx, double ry) {
        return new Ellipse2D.Double(x - rx, y - ry, 2 * rx, 2 * ry);
    }

    /// A closed curve through `points` (x, y, x, y, ...), bent as a Catmull-Rom spline.
    static Path2D curve(double... points) {
        int count = points.length / 2;
        var path = new Path2D.Double();
        path.moveTo(points[0], points[1]);
        for (int i = 0; i < count; i++) {
            int before = 2 * ((i + count - 1) % count);
            int from = 2 * i;
            int to = 2 * ((i + 1) % count);
            int after = 2 * ((i + 2) % count);
            path.curveTo(
                    points[from] + (points[to] - points[before]) / 6,
                    points[from + 1] + (points[to + 1] - points[before + 1]) / 6,
                    points[to] - (points[after] - points[from]) / 6,
                    points[to + 1] - (points[after + 1] - points[from + 1]) / 6,
                    points[to],
                    points[to + 1]);
        }
        path.closePath();
        return path;
    }

    static Path2D polygon(double... points) {
        var path = new Path2D.Double();
        path.moveTo(points[0], points[1]);
        for (int i = 2; i < points.length; i += 2) {
            path.lineTo(points[i], points[i + 1]);
        }
        path.closePath();
        return path;
    }

    static Shape turned(Shape shape, double degrees, double x, double y) {
        return AffineTransform.getRotateInstance(Math.toRadians(degrees), x, y).createTransformedShape(shape);
    }

    Canvas fill(Shape shape, int rgb) {
        pen.setColor(new Color(rgb));
        pen.fill(shape);
        return this;
    }

    /// With an opacity from 0 to 1.
    Canvas fill(Shape shape, int rgb, double opacity) {
        pen.setColor(new Color(rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255, (int) (255 * opacity)));
        pen.fill(shape);
        return this;
    }

    Canvas line(Shape shape, int rgb, double width) {
        pen.setColor(new Color(rgb));
        pen.setStroke(new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        pen.draw(shape);
        return this;
    }

    /// From the top color to the bottom color.
    Canvas vertical(Shape shape, int top, int bottom) {
        var box = shape.getBounds2D();
        pen.setPaint(new GradientPaint(
                0, (float) box.getMinY(), new Color(top), 0, (float) box.getMaxY(), new Color(bottom)));
        pen.fill(shape);
        return this;
    }

    /// As a round body in light from the upper left.
    Canvas round(Shape shape, int light, int middle, int dark) {
        var box = shape.getBounds2D();
        float radius = (float) (0.75 * Math.max(box.getWidth(), box.getHeight()));
        pen.setPaint(new RadialGradientPaint(
                (float) (box.getMinX() + 0.36 * box.getWidth()),
                (float) (box.getMinY() + 0.3 * box.getHeight()),
                radius,
                new float[] {0, 0.45f, 1},
                new Color[] {new Color(light), new Color(middle), new Color(dark)}));
        pen.fill(shape);
        return this;
    }

    /// A shadow on the ground.
    Canvas shadow(double x, double y, double rx, double ry) {
        for (int i = 12; i > 0; i--) {
            fill(ellipse(x, y, rx * (0.7 + i * 0.035), ry * (0.6 + i * 0.06)), 0x000000, 0.05);
        }
        return this;
    }

    /// Small spots inside `shape`.
    Canvas speckle(Shape shape, int count, double size, int rgb, double opacity) {
        var box = shape.getBounds2D();
        for (int i = 0; i < count; i++) {
            double x = box.getMinX() + random.nextDouble() * box.getWidth();
            double y = box.getMinY() + random.nextDouble() * box.getHeight();
            if (shape.contains(x, y)) {
                fill(circle(x, y, size * (0.5 + random.nextDouble())), rgb, opacity);
            }
        }
        return this;
    }

    /// The picture with grain and slightly out of focus.
    BufferedImage photo() {
        var out = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < SIZE; y++) {
            for (int x = 0; x < SIZE; x++) {
                int grain = (int) (6 * random.nextGaussian());
                int rgb = 0;
                for (int shift = 16; shift >= 0; shift -= 8) {
                    rgb |= Math.clamp(blurred(x, y, shift) + grain, 0, 255) << shift;
                }
                out.setRGB(x, y, rgb);
            }
        }
        return out;
    }

    private int blurred(int x, int y, int shift) {
        int sum = 0;
        for (int dy = -1; dy <= 1; dy++) {
            for (int dx = -1; dx <= 1; dx++) {
                int rgb = image.getRGB(Math.clamp(x + dx, 0, SIZE - 1), Math.clamp(y + dy, 0, SIZE - 1));
                sum += (2 - Math.abs(dx)) * (2 - Math.abs(dy)) * (rgb >> shift & 255);
            }
        }
        return sum / 16;
    }
}
