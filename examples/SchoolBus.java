import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;

/// A yellow bus on a street, seen from its side.
final class SchoolBus {
    private SchoolBus() {}

    static BufferedImage draw() {
        var canvas = new Canvas(4);
        canvas.vertical(new Rectangle2D.Double(0, 0, 256, 150), 0x9cc4ea, 0xe4eef6);
        for (int i = 0; i < 60; i++) {
            double x = canvas.random().nextDouble() * 256;
            double y = 70 + canvas.random().nextDouble() * 60;
            canvas.fill(Canvas.circle(x, y, 12 + canvas.random().nextDouble() * 14), i % 2 == 0 ? 0x4c6b34 : 0x5f8040);
        }
        canvas.fill(new Rectangle2D.Double(0, 138, 256, 30), 0x7f9458);
        canvas.vertical(new Rectangle2D.Double(0, 166, 256, 90), 0x8a8a8c, 0x58585c);
        canvas.fill(new Rectangle2D.Double(0, 226, 256, 4), 0xe8e4d0);
        canvas.sized(0.85);
        canvas.shadow(130, 206, 122, 10);

        int yellow = 0xf7b512;
        canvas.vertical(new RoundRectangle2D.Double(10, 62, 186, 130, 24, 24), 0xfdc93c, 0xe49c08);
        canvas.vertical(Canvas.curve(184, 124, 226, 126, 244, 138, 246, 190, 184, 192), 0xfcc430, 0xdd9606);
        canvas.fill(new RoundRectangle2D.Double(14, 60, 178, 10, 10, 10), 0xffdc78);
        for (int i = 0; i < 6; i++) {
            var window = new RoundRectangle2D.Double(18 + 25 * i, 80, 20, 30, 5, 5);
            canvas.vertical(window, 0x27323c, 0x5c7080);
            canvas.line(window, 0x1c1c1c, 1.5);
        }
        canvas.vertical(Canvas.polygon(172, 80, 190, 80, 198, 120, 172, 120), 0x33414c, 0x8fa6b8);
        for (int y : new int[] {120, 146, 166}) {
            canvas.fill(new Rectangle2D.Double(10, y, 200, 4), 0x1a1a1a);
        }
        canvas.fill(new Rectangle2D.Double(34, 130, 120, 9), yellow);
        write(canvas, "SCHOOL BUS", 48, 131);
        canvas.fill(new Rectangle2D.Double(8, 184, 240, 8), 0x222222);
        canvas.fill(Canvas.circle(240, 160, 6), 0xfff6d8);
        canvas.fill(Canvas.circle(24, 72, 4), 0xd02010);
        canvas.fill(Canvas.circle(182, 72, 4), 0xd02010);
        for (int x : new int[] {56, 210}) {
            canvas.fill(Canvas.circle(x, 190, 25), 0x181818);
            canvas.round(Canvas.circle(x, 192, 21), 0x4a4a4a, 0x262626, 0x101010);
            canvas.round(Canvas.circle(x, 192, 10), 0xe8e8e8, 0xa8a8a8, 0x606060);
        }
        // The sign that stops the traffic.
        canvas.fill(
                Canvas.polygon(150, 148, 158, 148, 163, 153, 163, 161, 158, 166, 150, 166, 145, 161, 145, 153),
                0xc81818);
        return canvas.photo();
    }

    /// Letters of 7 pixels in lines, as not every machine has a font.
    private static void write(Canvas canvas, String text, double x, double y) {
        for (int i = 0; i < text.length(); i++) {
            double[] points = switch (text.charAt(i)) {
                case 'S' -> new double[] {5, 0, 0, 0, 0, 3.5, 5, 3.5, 5, 7, 0, 7};
                case 'C' -> new double[] {5, 0, 0, 0, 0, 7, 5, 7};
                case 'H' -> new double[] {0, 0, 0, 7, 0, 3.5, 5, 3.5, 5, 0, 5, 7};
                case 'O' -> new double[] {0, 0, 5, 0, 5, 7, 0, 7, 0, 0};
                case 'L' -> new double[] {0, 0, 0, 7, 5, 7};
                case 'B' -> new double[] {0, 0, 4, 0, 4, 3.5, 0, 3.5, 5, 3.5, 5, 7, 0, 7, 0, 0};
                case 'U' -> new double[] {0, 0, 0, 7, 5, 7, 5, 0};
                default -> new double[] {};
            };
            for (int k = 0; k + 3 < points.length; k += 2) {
                canvas.line(
                        Canvas.polygon(
                                x + 9 * i + points[k], y + points[k + 1], x + 9 * i + points[k + 2], y + points[k + 3]),
                        0x101010,
                        1.6);
            }
        }
    }
}
