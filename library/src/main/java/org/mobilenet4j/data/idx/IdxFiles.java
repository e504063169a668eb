package org.mobilenet4j.data.idx;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.mobilenet4j.data.DataSet;
import org.mobilenet4j.data.IndexedDataSet;
import org.mobilenet4j.data.Labels;
import org.mobilenet4j.data.Sample;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.image.Image;

/// Gray pictures in one IDX file and their classes in another, as in MNIST and Fashion-MNIST. The pictures get three
/// equal channels, so they suit networks for gray and for RGB.
public final class IdxFiles extends IndexedDataSet {
    private final IdxFile images;
    private final IdxFile classes;
    private final List<String> labels;

    private IdxFiles(IdxFile images, IdxFile classes, List<String> labels) {
        this.images = images;
        this.classes = classes;
        this.labels = labels;
    }

    /// Reads both files. The names of the classes are their numbers.
    ///
    /// @throws BadFileException when one is damaged, they do not match, or there is only one class
    /// @throws IOException when one cannot be read
    public static DataSet open(Path images, Path classes) throws IOException {
        Objects.requireNonNull(images, "images");
        Objects.requireNonNull(classes, "classes");
        var pictures = IdxFile.read(images, 3);
        var numbers = IdxFile.read(classes, 1);
        int count = pictures.size(0);
        if (count != numbers.size(0)) {
            throw new BadFileException(
                    images,
                    "has " + count + " pictures, but " + classes + " has " + numbers.size(0)
                            + " labels; name files that belong together");
        }
        int largest = 0;
        for (byte number : numbers.values()) {
            largest = Math.max(largest, number & 0xff);
        }
        var labels =
                IntStream.rangeClosed(0, largest).mapToObj(Integer::toString).toList();
        Labels.requireSeveral(images.toString(), labels);
        return new IdxFiles(pictures, numbers, labels);
    }

    @Override
    public String name() {
        return images.file().toString();
    }

    @Override
    public List<String> labels() {
        return labels;
    }

    @Override
    public int size() {
        return images.size(0);
    }

    @Override
    public int label(int index) {
        return classes.values()[index] & 0xff;
    }

    @Override
    public Sample sample(int index) {
        return new Sample(index, name() + ":" + index, label(index), () -> image(index));
    }

    private Image image(int index) {
        int height = images.size(1);
        int width = images.size(2);
        var rgb = new byte[3 * height * width];
        int from = index * height * width;
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = images.values()[from + i / 3];
        }
        return new Image(height, width, rgb);
    }
}
