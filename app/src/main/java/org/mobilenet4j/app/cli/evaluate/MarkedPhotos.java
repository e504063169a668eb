package org.mobilenet4j.app.cli.evaluate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.mobilenet4j.data.box.Annotations;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.formats.dataset.boxes.AnnotationFiles;
import org.mobilenet4j.model.Model;

/// The photos to evaluate a detector on, with its classes.
final class MarkedPhotos {
    private MarkedPhotos() {}

    /// What is marked at `path`; of data with a part to train on, the part to measure on. Classes are matched by name,
    /// or, if the model has no names but as many classes, by order.
    ///
    /// @throws BadFileException if they are wrong, nothing is marked, or a class is none of the model's
    /// @throws IOException if they cannot be read
    static Annotations read(Path path, Model model) throws IOException {
        var validation = AnnotationFiles.validation(path);
        var marked = validation.isPresent() ? validation.get() : AnnotationFiles.open(path);
        if (IntStream.of(marked.counts()).sum() == 0) {
            throw new BadFileException(marked.name(), "marks no object to find; mark some");
        }
        var labels = IntStream.range(0, model.classes()).mapToObj(model::label).toList();
        boolean isByOrder = model.labels().isEmpty() && marked.labels().size() == labels.size();
        return isByOrder ? marked : marked.relabeled(labels);
    }
}
