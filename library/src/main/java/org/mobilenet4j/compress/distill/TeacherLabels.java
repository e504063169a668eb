package org.mobilenet4j.compress.distill;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.mobilenet4j.data.DataSet;
import org.mobilenet4j.data.Sample;
import org.mobilenet4j.data.SampleReader;
import org.mobilenet4j.data.batch.Rendering;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.model.Model;

/// Pseudo-labels: each photo gets the class that a teacher finds most likely, so that unlabeled photos can be used.
/// Accuracy on them is agreement with the teacher.
public final class TeacherLabels implements DataSet {
    private static final int BATCH = 64;

    private final DataSet photos;
    private final List<String> labels;
    private final int[] classes;

    private TeacherLabels(DataSet photos, List<String> labels, int[] classes) {
        this.photos = photos;
        this.labels = labels;
        this.classes = classes;
    }

    /// Runs `teacher` once on each photo. A photo that cannot be read gets the first class; training reports it
    /// again.
    ///
    /// @param photos the photos, whose own labels are ignored
    /// @param threads number of threads that decode and run the teacher
    /// @param eachPhoto called for each photo that the teacher has seen
    /// @throws IllegalArgumentException when the teacher has no labels
    /// @throws IOException when the data set's own files cannot be read
    public static DataSet of(DataSet photos, Model teacher, int threads, Runnable eachPhoto) throws IOException {
        if (teacher.labels().isEmpty()) {
            throw new BadValueException(
                    "a teacher for unlabeled photos must have class names; use a model with labels");
        }
        int width = teacher.network().output().channels();
        var view = new Rendering(teacher.network().input(), teacher.preprocessing());
        var looking = new LiveTeacher(teacher, new TeacherOutput.Features(width), view);
        var answers = new TeacherInference(looking, photos, BATCH, threads).all(false, eachPhoto);
        var row = new float[width];
        var ranks = new float[teacher.classes()];
        var classes = new int[photos.size()];
        for (int i = 0; i < classes.length; i++) {
            answers.plain().copyTo(i * width, row, 0, width);
            teacher.outputs().rank(row, 0, width, ranks);
            for (int c = 1; c < ranks.length; c++) {
                classes[i] = ranks[c] > ranks[classes[i]] ? c : classes[i];
            }
        }
        return new TeacherLabels(photos, teacher.labels(), classes);
    }

    @Override
    public String name() {
        return photos.name();
    }

    @Override
    public List<String> labels() {
        return labels;
    }

    @Override
    public int size() {
        return photos.size();
    }

    @Override
    public int label(int index) {
        return classes[index];
    }

    @Override
    public SampleReader shuffled(long seed) throws IOException {
        return relabeled(photos.shuffled(seed));
    }

    @Override
    public SampleReader inOrder() throws IOException {
        return relabeled(photos.inOrder());
    }

    private SampleReader relabeled(SampleReader reader) {
        return new SampleReader() {
            @Override
            public Optional<Sample> next() throws IOException {
                return reader.next().map(it -> new Sample(it.index(), it.name(), classes[it.index()], it.photo()));
            }

            @Override
            public void skip(long count) throws IOException {
                reader.skip(count);
            }

            @Override
            public void close() throws IOException {
                reader.close();
            }
        };
    }

    /// Such as `flowers: 3,670 photos of 5 classes`.
    @Override
    public String toString() {
        return DataSet.text(this);
    }
}
