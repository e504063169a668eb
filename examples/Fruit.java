import java.awt.geom.Area;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;

/// Fruit on a table.
final class Fruit {
    private Fruit() {}

    private static Canvas table(long seed, int back, int front) {
        var canvas = new Canvas(seed);
        return canvas.vertical(new Rectangle2D.Double(0, 0, Canvas.SIZE, Canvas.SIZE), back, front);
    }

    static BufferedImage orange() {
        var canvas = table(1, 0xf4efe6, 0xd8c8b0);
        orange(canvas, 160, 112, 70);
        orange(canvas, 92, 152, 78);
        // A cut half in front.
        var half = Canvas.circle(182, 190, 54);
        canvas.shadow(186, 240, 50, 10);
        canvas.round(half, 0xffb84d, 0xf08a10, 0xb85800);
        canvas.fill(Canvas.circle(182, 190, 50), 0xfff0d0);
        for (int i = 0; i < 10; i++) {
            var wedge = Canvas.curve(182, 186, 171, 156, 176, 145, 188, 145, 193, 156);
            canvas.round(Canvas.turned(wedge, 36 * i, 182, 190), 0xffc04a, 0xffa01c, 0xf08800);
        }
        canvas.speckle(Canvas.circle(182, 190, 46), 140, 1, 0xffe0a0, 0.5);
        return canvas.photo();
    }

    private static void orange(Canvas canvas, double x, double y, double radius) {
        var skin = Canvas.circle(x, y, radius);
        canvas.shadow(x + 8, y + radius * 0.96, radius * 0.9, 12);
        canvas.round(skin, 0xffc25a, 0xfb8c0e, 0xa84e00);
        canvas.speckle(skin, 900, 0.9, 0xb85a00, 0.25);
        canvas.speckle(skin, 500, 0.8, 0xffd890, 0.25);
        canvas.fill(Canvas.circle(x + radius * 0.1, y - radius * 0.62, 4), 0x5a6b1e);
        canvas.fill(Canvas.ellipse(x - radius * 0.35, y - radius * 0.45, radius * 0.16, radius * 0.1), 0xffffff, 0.35);
    }

    static BufferedImage lemon() {
        var canvas = table(2, 0xe9edf0, 0xb9c3c8);
        lemon(canvas, 150, 104, -20);
        lemon(canvas, 106, 168, 14);
        return canvas.photo();
    }

    private static void lemon(Canvas canvas, double x, double y, double degrees) {
        var skin = Canvas.curve(
                x - 96, y, x - 82, y - 16, x - 52, y - 50, x, y - 62, x + 52, y - 50, x + 80, y - 16, x + 94, y, x + 80,
                y + 16, x + 52, y + 50, x, y + 62, x - 52, y + 50, x - 82, y + 16);
        var turned = Canvas.turned(skin, degrees, x, y);
        canvas.shadow(x + 8, y + 62, 76, 12);
        canvas.round(turned, 0xfff7a0, 0xf6dc28, 0xb08c00);
        canvas.speckle(turned, 900, 0.9, 0xb89400, 0.25);
        canvas.fill(Canvas.ellipse(x - 28, y - 30, 16, 8), 0xffffff, 0.4);
    }

    static BufferedImage banana() {
        var canvas = table(3, 0xf2f2ee, 0xd5d0c5);
        canvas.shadow(132, 196, 100, 12);
        for (int i = 2; i >= 0; i--) {
            var peel = Canvas.curve(
                    28, 70, 40, 62, 62, 110, 100, 150, 150, 168, 206, 158, 230, 138, 238, 146, 226, 176, 180, 206, 120,
                    204, 66, 172, 36, 120);
            var turned = Canvas.turned(peel, -11 * i, 34, 66);
            canvas.round(turned, 0xfff08c, 0xf5d030, 0xb08a10);
            canvas.line(
                    Canvas.turned(
                            Canvas.curve(44, 96, 76, 152, 130, 186, 190, 182, 130, 188, 74, 154), -11 * i, 34, 66),
                    0xc9a21c,
                    1.5);
            canvas.speckle(turned, 60, 1.2, 0x6a4a10, 0.6);
            canvas.fill(Canvas.turned(Canvas.circle(232, 142, 6), -11 * i, 34, 66), 0x4a3a14);
        }
        var stem = new Area(Canvas.polygon(24, 40, 40, 36, 46, 74, 28, 78));
        canvas.fill(stem, 0x8a7a24);
        return canvas.photo();
    }
}
