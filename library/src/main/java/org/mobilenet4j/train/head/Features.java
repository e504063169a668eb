package org.mobilenet4j.train.head;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import org.mobilenet4j.data.batch.Batches;
import org.mobilenet4j.infer.Session;
import org.mobilenet4j.model.Model;
import org.mobilenet4j.tensor.Shape;

/// The features that a network's body extracts from photos: one row per photo.
final class Features {
    private final float[] values;
    private final int width;
    private final int[] labels;
    private final int views;

    /// @param values row by row
    /// @param width values per row
    /// @param labels the class of each row
    /// @param views rows per photo, which are adjacent
    Features(float[] values, int width, int[] labels, int views) {
        this.values = values;
        this.width = width;
        this.labels = labels;
        this.views = views;
    }

    /// Runs `body` on all of `batches` with the inference engine.
    ///
    /// @param mirrored whether each photo's mirror image is included too
    /// @throws IOException if the data cannot be read
    static Features of(Model body, Batches batches, boolean mirrored, int threads) throws IOException {
        var session = Session.open(body, threads);
        var input = body.network().input();
        int width = body.network().output().elements();
        var rows = new Rows(width, mirrored ? 2 : 1);
        batches.start(0);
        for (var next = batches.next(); next.isPresent(); next = batches.next()) {
            var batch = next.get();
            var images = Arrays.copyOf(batch.images(), batch.count() * input.elements());
            var views = new ArrayList<float[]>();
            views.add(session.run(images, batch.count()));
            if (mirrored) {
                mirror(images, input);
                views.add(session.run(images, batch.count()));
            }
            for (int i = 0; i < batch.count(); i++) {
                for (var view : views) {
                    rows.add(view, i * width, batch.labels()[i]);
                }
            }
        }
        return rows.features();
    }

    private static void mirror(float[] images, Shape shape) {
        int pixel = shape.channels();
        int row = shape.width() * pixel;
        for (int at = 0; at < images.length; at += row) {
            for (int left = 0, right = shape.width() - 1; left < right; left++, right--) {
                for (int c = 0; c < pixel; c++) {
                    float kept = images[at + left * pixel + c];
                    images[at + left * pixel + c] = images[at + right * pixel + c];
                    images[at + right * pixel + c] = kept;
                }
            }
        }
    }

    /// All rows, one after the other.
    float[] values() {
        return values;
    }

    /// Values per row.
    int width() {
        return width;
    }

    int rows() {
        return labels.length;
    }

    /// The class of a row.
    int label(int row) {
        return labels[row];
    }

    int photos() {
        return rows() / views;
    }

    /// Every `n`-th photo, or all others.
    Features every(int n, boolean others) {
        var rows = new Rows(width, views);
        for (int i = 0; i < rows(); i++) {
            if ((i / views % n == 0) != others) {
                rows.add(values, i * width, labels[i]);
            }
        }
        return rows.features();
    }

    /// Collects rows.
    private static final class Rows {
        private final int width;
        private final int views;
        private float[] values = {};
        private int[] labels = {};
        private int count;

        Rows(int width, int views) {
            this.width = width;
            this.views = views;
        }

        void add(float[] from, int at, int label) {
            if (count == labels.length) {
                int room = Math.max(64, 2 * count);
                values = Arrays.copyOf(values, Math.multiplyExact(room, width));
                labels = Arrays.copyOf(labels, room);
            }
            System.arraycopy(from, at, values, count * width, width);
            labels[count++] = label;
        }

        Features features() {
            return new Features(Arrays.copyOf(values, count * width), width, Arrays.copyOf(labels, count), views);
        }
    }
}
