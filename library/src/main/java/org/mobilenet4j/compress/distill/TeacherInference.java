package org.mobilenet4j.compress.distill;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.mobilenet4j.data.DataSet;
import org.mobilenet4j.data.augment.Augmentation;
import org.mobilenet4j.data.batch.Batch;
import org.mobilenet4j.data.batch.BatchSpec;
import org.mobilenet4j.data.batch.Batches;
import org.mobilenet4j.infer.Session;
import org.mobilenet4j.tensor.Shape;
import org.mobilenet4j.tensor.Tensor;

/// Runs a teacher on every photo of a data set, in order, and on its mirror image if requested.
final class TeacherInference {
    private final LiveTeacher teacher;
    private final DataSet photos;
    private final BatchSpec spec;
    private final Session session;

    TeacherInference(LiveTeacher teacher, DataSet photos, int batch, int threads) {
        this.teacher = teacher;
        this.photos = photos;
        var view = teacher.view();
        this.spec = new BatchSpec(view.input(), view.preprocessing(), Augmentation.NONE, batch, 0, threads);
        this.session = Session.open(teacher.plan(), threads);
    }

    /// Computes all outputs.
    ///
    /// @throws IOException when the data set's own files cannot be read
    LogitsCache all(boolean isMirroredToo, Runnable eachPhoto) throws IOException {
        int width = teacher.answer().width();
        int size = Tensor.elements(List.of(photos.size(), width));
        var plain = new float[size];
        var mirrored = new float[isMirroredToo ? size : 0];
        Arrays.fill(plain, Float.NaN);
        Arrays.fill(mirrored, Float.NaN);
        try (var batches = Batches.validation(photos, spec)) {
            batches.start(0);
            for (var next = batches.next(); next.isPresent(); next = batches.next()) {
                var batch = next.get();
                keep(batch, plain);
                if (isMirroredToo) {
                    mirror(batch.images(), spec.input());
                    keep(batch, mirrored);
                }
                for (int i = 0; i < batch.count(); i++) {
                    eachPhoto.run();
                }
            }
        }
        return new LogitsCache(
                Tensor.of(plain, photos.size(), width),
                isMirroredToo ? Optional.of(Tensor.of(mirrored, photos.size(), width)) : Optional.empty());
    }

    /// Whether the teacher's outputs for the first photos still equal those in `kept`, to the bit.
    ///
    /// @throws IOException when the data set's own files cannot be read
    boolean confirms(LogitsCache kept) throws IOException {
        int width = teacher.answer().width();
        try (var batches = Batches.validation(photos, spec)) {
            batches.start(0);
            var next = batches.next();
            if (next.isEmpty()) {
                return true;
            }
            var batch = next.get();
            var now = answers(batch);
            var then = new float[width];
            for (int i = 0; i < batch.count(); i++) {
                kept.plain().copyTo(batch.indices()[i] * width, then, 0, width);
                if (!Arrays.equals(then, 0, width, now, i * width, (i + 1) * width)) {
                    return false;
                }
            }
            return true;
        }
    }

    /// A row for each photo of `batch`.
    private float[] answers(Batch batch) {
        var images = Arrays.copyOf(batch.images(), batch.count() * spec.input().elements());
        var outputs = session.run(images, batch.count());
        int each = outputs.length / batch.count();
        int width = teacher.answer().width();
        var rows = new float[batch.count() * width];
        for (int i = 0; i < batch.count(); i++) {
            teacher.answer().write(outputs, i * each, rows, i * width);
        }
        return rows;
    }

    /// Copies the rows of `batch` to the positions of its photos in the data set.
    private void keep(Batch batch, float[] all) {
        int width = teacher.answer().width();
        var rows = answers(batch);
        for (int i = 0; i < batch.count(); i++) {
            System.arraycopy(rows, i * width, all, batch.indices()[i] * width, width);
        }
    }

    private static void mirror(float[] images, Shape shape) {
        int pixel = shape.channels();
        int row = shape.width() * pixel;
        for (int at = 0; at + row <= images.length; at += row) {
            for (int left = 0, right = shape.width() - 1; left < right; left++, right--) {
                for (int c = 0; c < pixel; c++) {
                    float kept = images[at + left * pixel + c];
                    images[at + left * pixel + c] = images[at + right * pixel + c];
                    images[at + right * pixel + c] = kept;
                }
            }
        }
    }
}
