import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;

/// A fish and a beetle.
final class Animals {
    private Animals() {}

    static BufferedImage goldfish() {
        var canvas = new Canvas(6);
        canvas.vertical(new Rectangle2D.Double(0, 0, 256, 256), 0x2a5a6c, 0x0c2830);
        for (int i = 0; i < 14; i++) {
            double x = canvas.random().nextDouble() * 256;
            canvas.line(
                    Canvas.polygon(x, 256, x + 12, 214 - 40 * canvas.random().nextDouble()), 0x2f6a34, 5);
        }
        canvas.vertical(
                Canvas.curve(176, 124, 206, 92, 246, 66, 240, 110, 226, 128, 244, 170, 236, 196, 200, 160),
                0xffb060,
                0xe85c10);
        canvas.vertical(Canvas.curve(84, 90, 108, 56, 150, 60, 168, 96, 130, 100), 0xffa650, 0xf07018);
        canvas.vertical(Canvas.curve(112, 160, 132, 160, 146, 196, 124, 190), 0xf88030, 0xffb868);
        canvas.vertical(Canvas.curve(150, 152, 166, 148, 176, 180, 160, 176), 0xf88030, 0xffb868);
        var body = Canvas.curve(
                24, 128, 40, 104, 84, 84, 132, 86, 176, 112, 192, 126, 176, 142, 132, 164, 84, 164, 40, 148);
        canvas.round(body, 0xffc878, 0xf8801c, 0xb84404);
        for (int row = 0; row < 6; row++) {
            for (int k = 0; k < 9; k++) {
                double x = 78 + 12 * k + row % 2 * 6;
                double y = 98 + 11 * row;
                if (body.contains(x + 6, y) && body.contains(x - 6, y)) {
                    canvas.line(
                            new java.awt.geom.Arc2D.Double(x - 7, y - 7, 14, 14, 100, 160, java.awt.geom.Arc2D.OPEN),
                            0xd05c0c,
                            1.2);
                }
            }
        }
        canvas.line(new java.awt.geom.Arc2D.Double(52, 96, 34, 62, -70, 140, java.awt.geom.Arc2D.OPEN), 0xb84a08, 2.5);
        canvas.fill(Canvas.circle(50, 118, 8), 0xfff0d0);
        canvas.fill(Canvas.circle(49, 118, 5), 0x101010);
        canvas.fill(Canvas.circle(47, 116, 1.5), 0xffffff);
        canvas.line(new java.awt.geom.Arc2D.Double(20, 128, 16, 10, 200, 120, java.awt.geom.Arc2D.OPEN), 0x8c3404, 2);
        for (int i = 0; i < 6; i++) {
            canvas.line(Canvas.circle(20 + 5 * i % 17, 90 - 15 * i, 2 + i % 3), 0xc8e4ec, 1);
        }
        return canvas.photo();
    }

    static BufferedImage ladybug() {
        var canvas = new Canvas(7);
        canvas.vertical(new Rectangle2D.Double(0, 0, 256, 256), 0x9cc860, 0x3f7c22);
        for (int i = 0; i < 10; i++) {
            canvas.line(Canvas.polygon(0, 30 * i, 256, 30 * i - 90), 0x6fa83c, 3);
        }
        canvas.line(Canvas.polygon(0, 210, 256, 70), 0xb4d880, 5);
        canvas.sized(0.75);
        for (int i = -1; i <= 1; i++) {
            canvas.line(Canvas.polygon(128 + 44 * i, 120, 90 + 60 * i, 210), 0x141414, 6);
            canvas.line(Canvas.polygon(128 + 44 * i, 120, 150 + 60 * i, 50), 0x141414, 6);
        }
        canvas.line(Canvas.polygon(46, 110, 18, 84), 0x141414, 3);
        canvas.line(Canvas.polygon(46, 130, 14, 134), 0x141414, 3);
        canvas.shadow(140, 190, 80, 14);
        canvas.round(Canvas.ellipse(62, 122, 32, 38), 0x4c4c4c, 0x1c1c1c, 0x060606);
        canvas.fill(Canvas.circle(50, 104, 7), 0xf4f4e8);
        canvas.fill(Canvas.circle(50, 142, 7), 0xf4f4e8);
        canvas.round(Canvas.ellipse(142, 122, 82, 66), 0xff6a48, 0xdc2410, 0x7a0c04);
        canvas.line(Canvas.polygon(66, 122, 224, 122), 0x160404, 3);
        int[][] spots = {
            {98, 92, 13}, {98, 152, 13}, {146, 84, 15}, {146, 160, 15}, {188, 98, 13}, {188, 146, 13}, {74, 122, 11}
        };
        for (var spot : spots) {
            canvas.fill(Canvas.circle(spot[0], spot[1], spot[2]), 0x140606);
        }
        canvas.fill(Canvas.ellipse(118, 84, 24, 10), 0xffffff, 0.4);
        return canvas.photo();
    }
}
