package org.mobilenet4j.app.cli.evaluate;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import org.mobilenet4j.app.output.Picture;

/// A confusion matrix as a heat map: a row for each true class and a column for each predicted class. Cells are darker
/// the larger their share of the row, blue on the diagonal and red off it.
final class ConfusionPicture {
    /// Largest width of the matrix in pixels, as long as a cell has at least [#MIN_CELL].
    private static final int SIDE = 1600;

    private static final int MIN_CELL = 4;
    private static final int MAX_CELL = 28;
    /// In pixels; below this, names would not be readable.
    private static final int MIN_NAMED_CELL = 8;

    private static final int MARGIN = 12;
    private static final String HEADING = "Confusion: rows are true classes, columns are predictions";
    private static final Font HEADING_FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
    private static final Color RIGHT = new Color(0x0b4f8a);
    private static final Color WRONG = new Color(0xb3261e);
    private static final Color EMPTY = new Color(0xf2f2f2);

    private final Confusion confusion;
    private final List<Integer> classes;
    private final List<String> names;
    private final int cell;
    private final Font font;

    private ConfusionPicture(Confusion confusion, IntFunction<String> label) {
        this.confusion = confusion;
        this.classes = confusion.classes();
        this.names = classes.stream().map(label::apply).toList();
        this.cell = Math.clamp(SIDE / classes.size(), MIN_CELL, MAX_CELL);
        this.font = new Font(Font.SANS_SERIF, Font.PLAIN, Math.min(13, cell));
    }

    /// Draws the classes that occur to a PNG file.
    static void write(Confusion confusion, IntFunction<String> label, Path file) throws IOException {
        Picture.write(file, () -> new ConfusionPicture(confusion, label).draw());
    }

    private BufferedImage draw() {
        int names = cell < MIN_NAMED_CELL ? 0 : cell / 3 + width(this.names, font);
        int side = classes.size() * cell;
        int heading = HEADING_FONT.getSize() * 2;
        var picture = new BufferedImage(
                MARGIN * 2 + Math.max(names + side, width(List.of(HEADING), HEADING_FONT)),
                MARGIN * 2 + heading + names + side,
                BufferedImage.TYPE_INT_RGB);
        var graphics = picture.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            graphics.setFont(HEADING_FONT);
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, picture.getWidth(), picture.getHeight());
            graphics.setColor(Color.BLACK);
            graphics.drawString(HEADING, MARGIN, MARGIN + HEADING_FONT.getSize());
            graphics.setFont(font);
            graphics.translate(MARGIN + names, MARGIN + heading + names);
            drawCells(graphics);
            if (names > 0) {
                drawNames(graphics);
            }
        } finally {
            graphics.dispose();
        }
        return picture;
    }

    private void drawCells(Graphics2D graphics) {
        int gap = cell >= MIN_NAMED_CELL ? 1 : 0;
        for (int y = 0; y < classes.size(); y++) {
            int total = Math.max(1, confusion.total(classes.get(y)));
            for (int x = 0; x < classes.size(); x++) {
                int count = confusion.count(classes.get(y), classes.get(x));
                double share = (double) count / total;
                graphics.setColor(mix(x == y ? RIGHT : WRONG, count == 0 ? 0 : 0.2 + 0.8 * share));
                graphics.fillRect(x * cell, y * cell, cell - gap, cell - gap);
                if (count > 0 && cell == MAX_CELL) {
                    graphics.setColor(share > 0.4 ? Color.WHITE : Color.BLACK);
                    var text = String.valueOf(count);
                    int width = graphics.getFontMetrics().stringWidth(text);
                    graphics.drawString(text, x * cell + (cell - width) / 2, baseline(y));
                }
            }
        }
    }

    /// Draws row names to the left, and column names above, rotated.
    private void drawNames(Graphics2D graphics) {
        graphics.setColor(Color.BLACK);
        for (int y = 0; y < names.size(); y++) {
            int width = graphics.getFontMetrics().stringWidth(names.get(y));
            graphics.drawString(names.get(y), -width - cell / 3, baseline(y));
        }
        graphics.rotate(-Math.PI / 2);
        for (int x = 0; x < names.size(); x++) {
            graphics.drawString(names.get(x), cell / 3, baseline(x));
        }
        graphics.rotate(Math.PI / 2);
    }

    private int baseline(int place) {
        return place * cell + (cell + font.getSize()) / 2 - 2;
    }

    /// Of the widest of `texts`, in pixels.
    private static int width(List<String> texts, Font font) {
        var measuring = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
        try {
            var metrics = measuring.getFontMetrics(font);
            return texts.stream().mapToInt(metrics::stringWidth).max().orElse(0);
        } finally {
            measuring.dispose();
        }
    }

    private static Color mix(Color color, double share) {
        return new Color(
                mix(EMPTY.getRed(), color.getRed(), share),
                mix(EMPTY.getGreen(), color.getGreen(), share),
                mix(EMPTY.getBlue(), color.getBlue(), share));
    }

    private static int mix(int from, int to, double share) {
        return (int) Math.round(from + (to - from) * share);
    }
}
