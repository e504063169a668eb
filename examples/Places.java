import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;

/// A landscape.
final class Places {
    private Places() {}

    static BufferedImage seashore() {
        var canvas = new Canvas(10);
        canvas.vertical(new Rectangle2D.Double(0, 0, 256, 96), 0x5a9ad8, 0xc8e0f0);
        for (int i = 0; i < 26; i++) {
            double x = canvas.random().nextDouble() * 256;
            double y = 20 + canvas.random().nextDouble() * 40;
            canvas.fill(Canvas.ellipse(x, y, 26, 7), 0xffffff, 0.25);
        }
        canvas.vertical(new Rectangle2D.Double(0, 94, 256, 90), 0x1f5f92, 0x58b0b8);
        for (int i = 0; i < 160; i++) {
            double y = 98 + canvas.random().nextDouble() * 70;
            double x = canvas.random().nextDouble() * 256;
            canvas.fill(Canvas.ellipse(x, y, 4 + (y - 90) / 6, 0.8), 0xd8f0f4, 0.4);
        }
        canvas.vertical(
                Canvas.curve(-40, 190, 40, 178, 120, 186, 200, 170, 300, 176, 310, 300, -40, 300), 0xd8c090, 0xeed8ac);
        canvas.line(
                Canvas.curve(-40, 188, 40, 176, 120, 184, 200, 168, 300, 174, 200, 170, 120, 187, 40, 179),
                0xffffff,
                5);
        canvas.speckle(new Rectangle2D.Double(0, 190, 256, 66), 1200, 0.8, 0xa08858, 0.4);
        return canvas.photo();
    }
}
