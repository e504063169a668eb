import java.awt.geom.Area;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;

/// Balls.
final class Balls {
    private Balls() {}

    static BufferedImage basketball() {
        var canvas = new Canvas(5);
        canvas.vertical(new Rectangle2D.Double(0, 0, 256, 170), 0x6d7880, 0xa9b2b6);
        canvas.vertical(new Rectangle2D.Double(0, 170, 256, 86), 0xc99a5e, 0xe0b880);
        for (int x = -60; x < 320; x += 28) {
            canvas.line(Canvas.polygon(128 + (x - 128) * 0.7, 170, x, 256), 0xa87c44, 1);
        }
        canvas.sized(0.7);
        canvas.shadow(140, 218, 82, 14);
        var ball = Canvas.circle(128, 126, 94);
        canvas.round(ball, 0xf0995a, 0xcf6a2a, 0x6a2c0c);
        canvas.speckle(ball, 2500, 0.9, 0x5a2408, 0.3);
        var seams = new Area(ball);
        var pen = canvas.pen();
        pen.setClip(seams);
        canvas.line(Canvas.turned(Canvas.polygon(20, 126, 236, 126), -18, 128, 126), 0x1c0e08, 4);
        canvas.line(Canvas.turned(Canvas.polygon(128, 20, 128, 236), -18, 128, 126), 0x1c0e08, 4);
        canvas.line(Canvas.turned(Canvas.ellipse(30, 126, 60, 96), -18, 128, 126), 0x1c0e08, 4);
        canvas.line(Canvas.turned(Canvas.ellipse(226, 126, 60, 96), -18, 128, 126), 0x1c0e08, 4);
        pen.setClip(null);
        return canvas.photo();
    }
}
