package org.mobilenet4j.compress.distill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.mobilenet4j.arch.Network;
import org.mobilenet4j.data.augment.Augmentation;
import org.mobilenet4j.data.batch.Batch;
import org.mobilenet4j.data.batch.Rendering;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.tensor.Tensor;
import org.mobilenet4j.train.Teacher;
import org.mobilenet4j.train.TrainingSetup;

/// A teacher whose outputs for all photos are cached in a file: they are the same, to the bit, and it need not run
/// again.
final class CachedTeacher implements Teacher {
    /// Enough photos to notice that the data changed.
    private static final int PROBES = 8;

    private static final int BATCH = 64;

    private final LiveTeacher live;
    private final Path file;
    private final LogitsCache answers;

    private CachedTeacher(LiveTeacher live, Path file, LogitsCache answers) {
        this.live = live;
        this.file = file;
        this.answers = answers;
    }

    /// A teacher with the outputs for all training photos of `setup`, which are computed now if `file` does not
    /// exist.
    ///
    /// @throws IOException when the file cannot be written, or holds something else
    /// @throws IllegalArgumentException when photos change from epoch to epoch
    static CachedTeacher of(LiveTeacher live, TrainingSetup setup, Path file, Runnable eachPhoto) throws IOException {
        double flip = setup.augmentation().flip();
        if (!setup.augmentation().equals(Augmentation.NONE.withFlip(flip))) {
            throw new BadValueException("a teacher's outputs can be cached only if photos do not change between epochs,"
                    + " except for flips; use no other augmentation, or run the teacher on every batch");
        }
        var photos = setup.photos().train();
        var data = Fingerprint.of(photos);
        int threads = setup.options().threads();
        if (!Files.exists(file)) {
            var all = new TeacherInference(live, photos, BATCH, threads).all(flip > 0, eachPhoto);
            all.write(file, live.identity(), data);
        }
        var answers = LogitsCache.read(
                file, live.identity(), data, photos.size(), live.answer().width(), flip > 0);
        if (!new TeacherInference(live, photos, PROBES, threads).confirms(answers)) {
            throw LogitsCache.bad(file, "does not match the teacher's current outputs, so the photos have changed");
        }
        return new CachedTeacher(live, file, answers);
    }

    @Override
    public Optional<Rendering> rendering() {
        return Optional.empty();
    }

    @Override
    public Network trained(Network student) {
        return live.trained(student);
    }

    @Override
    public String identity() {
        return live.identity();
    }

    @Override
    public Lessons open(int batch, int classes, int threads) {
        int width = live.answer().width();
        var rows = new TargetRows(batch, classes, width);
        var mirrored = answers.mirrored().orElse(answers.plain());
        return now -> {
            rows.label(now);
            for (int row = 0; row < now.count(); row++) {
                var source = now.mirrored()[row] ? mirrored : answers.plain();
                recall(source, now, row, rows.values(), rows.answer(row), width);
            }
            return rows.values();
        };
    }

    private void recall(Tensor source, Batch batch, int row, float[] target, int at, int width) throws IOException {
        int photo = batch.indices()[row];
        source.copyTo(photo * width, target, at, width);
        for (int i = at; i < at + width; i++) {
            if (!Float.isFinite(target[i])) {
                throw LogitsCache.bad(
                        file, "has no output for photo " + photo + ", which could not be read when it was made");
            }
        }
    }
}
