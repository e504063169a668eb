package org.mobilenet4j.data.batch;

import java.util.SplittableRandom;
import org.mobilenet4j.data.augment.PlacedBoxes;
import org.mobilenet4j.tensor.Shape;

/// Mosaics of the photos of a batch, in place: four photos at a time exchange their quarters around a random center, so
/// that each then shows a quarter of all four, and the parts of objects that lie in them. Quarters stay where they are,
/// and nothing is resized. Not thread-safe: it has scratch memory.
final class Mosaic {
    private static final int PARTS = 4;

    /// Objects are ignored of which less is left.
    private static final float LEAST = 0.5f;

    /// The center lies at least this share of a side from the edge.
    private static final double MARGIN = 0.25;

    private final double probability;
    private final Shape input;
    private final float[] row;
    private final PlacedBoxes[] before = new PlacedBoxes[PARTS];

    Mosaic(double probability, Shape input) {
        this.probability = probability;
        this.input = input;
        this.row = new float[input.width() * input.channels()];
        for (int i = 0; i < PARTS; i++) {
            before[i] = new PlacedBoxes();
        }
    }

    void apply(Batch batch, SplittableRandom random) {
        for (int first = 0; first + PARTS <= batch.count(); first += PARTS) {
            if (random.nextDouble() < probability) {
                exchange(batch, first, center(input.height(), random), center(input.width(), random));
            }
        }
    }

    private static int center(int side, SplittableRandom random) {
        return (int) (side * (MARGIN + (1 - 2 * MARGIN) * random.nextDouble()));
    }

    /// Quarter `q` of photo `i` becomes that of photo `i + q`, counted around.
    private void exchange(Batch batch, int first, int y, int x) {
        for (int i = 0; i < PARTS; i++) {
            before[i].set(batch.boxes(first + i));
            batch.boxes(first + i).clear();
        }
        for (int q = 0; q < PARTS; q++) {
            int top = q < 2 ? 0 : y;
            int bottom = q < 2 ? y : input.height();
            int left = q % 2 == 0 ? 0 : x;
            int right = q % 2 == 0 ? x : input.width();
            for (int line = top; line < bottom; line++) {
                rotate(batch, first, q, (line * input.width() + left) * input.channels(), right - left);
            }
            for (int i = 0; i < PARTS; i++) {
                batch.boxes(first + i)
                        .addWithin(
                                before[(i + q) % PARTS],
                                (float) top / input.height(),
                                (float) left / input.width(),
                                (float) bottom / input.height(),
                                (float) right / input.width(),
                                LEAST);
            }
        }
    }

    /// Moves `pixels` at `within` of photo `i + by` to photo `i`, in as many cycles as `by` and four have in common.
    private void rotate(Batch batch, int first, int by, int within, int pixels) {
        if (by == 0) {
            return;
        }
        int length = pixels * input.channels();
        int cycles = by == 2 ? 2 : 1;
        for (int start = 0; start < cycles; start++) {
            int to = start;
            System.arraycopy(batch.images(), at(first + to, within), row, 0, length);
            for (int from = (to + by) % PARTS; from != start; from = (to + by) % PARTS) {
                System.arraycopy(
                        batch.images(), at(first + from, within), batch.images(), at(first + to, within), length);
                to = from;
            }
            System.arraycopy(row, 0, batch.images(), at(first + to, within), length);
        }
    }

    private int at(int photo, int within) {
        return photo * input.elements() + within;
    }
}
