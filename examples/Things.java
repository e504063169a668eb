import java.awt.geom.Arc2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;

/// Things that people have.
final class Things {
    private Things() {}

    static BufferedImage umbrella() {
        var canvas = new Canvas(8);
        canvas.vertical(new Rectangle2D.Double(0, 0, 256, 256), 0xb8c4cc, 0x8c98a0);
        canvas.line(Canvas.polygon(128, 30, 128, 216), 0x3c2c20, 5);
        canvas.line(new Arc2D.Double(128, 204, 26, 26, 180, 180, Arc2D.OPEN), 0x3c2c20, 6);
        int[] shades = {0xb01020, 0xd82034, 0xf04458, 0xd82034, 0xb01020};
        double[] edges = {16, 52, 102, 154, 204, 240};
        for (int i = 0; i < shades.length; i++) {
            var panel = new Path2D.Double();
            panel.moveTo(128, 36);
            panel.quadTo((128 + edges[i]) / 2 + (i < 2 ? -34 : i > 2 ? 12 : -12), 52, edges[i], 132);
            panel.quadTo((edges[i] + edges[i + 1]) / 2, 112, edges[i + 1], 132);
            panel.quadTo((128 + edges[i + 1]) / 2 + (i + 1 < 3 ? -34 + 22 * (i == 1 ? 1 : 0) : 34), 52, 128, 36);
            canvas.vertical(panel, 0xff6070, shades[i]);
            canvas.line(panel, 0x700814, 1.5);
        }
        canvas.line(Canvas.polygon(128, 22, 128, 38), 0x3c2c20, 4);
        return canvas.photo();
    }

    static BufferedImage pizza() {
        var canvas = new Canvas(9);
        canvas.fill(new Rectangle2D.Double(0, 0, 256, 256), 0x7a5434);
        canvas.shadow(134, 138, 120, 116);
        canvas.round(Canvas.circle(128, 128, 118), 0xe8bc78, 0xc88a40, 0x8a5018);
        canvas.speckle(Canvas.circle(128, 128, 116), 300, 2, 0x7a4414, 0.4);
        canvas.round(Canvas.circle(128, 128, 100), 0xf8d878, 0xeab048, 0xc87c24);
        canvas.speckle(Canvas.circle(128, 128, 98), 160, 9, 0xd86024, 0.35);
        canvas.speckle(Canvas.circle(128, 128, 98), 220, 6, 0xfbe6a0, 0.5);
        for (int i = 0; i < 15; i++) {
            double angle = i * 2.399963;
            double far = 88 * Math.sqrt((i + 0.5) / 15);
            double x = 128 + far * Math.cos(angle);
            double y = 128 + far * Math.sin(angle);
            canvas.round(Canvas.circle(x, y, 14), 0xe05c38, 0xb83420, 0x741808);
            canvas.speckle(Canvas.circle(x, y, 12), 24, 1.2, 0xf0a080, 0.5);
        }
        for (int i = 0; i < 26; i++) {
            double x = 60 + canvas.random().nextDouble() * 136;
            double y = 60 + canvas.random().nextDouble() * 136;
            canvas.fill(
                    Canvas.turned(
                            Canvas.ellipse(x, y, 7, 3), 360 * canvas.random().nextDouble(), x, y),
                    0x3c6c20);
        }
        return canvas.photo();
    }
}
