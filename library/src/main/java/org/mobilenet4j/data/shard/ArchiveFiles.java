package org.mobilenet4j.data.shard;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mobilenet4j.data.IndexedDataSet;
import org.mobilenet4j.data.Labels;
import org.mobilenet4j.data.Photo;
import org.mobilenet4j.data.Sample;
import org.mobilenet4j.image.Image;
import org.mobilenet4j.image.ImageDecoder;

/// Photos in archives with a folder for each class, `cat/1.jpeg`: tar, gzipped or not, and zip.
///
/// The archives are read once, into an index of where each photo lies; so every photo can be read at any time, and a
/// random order is uniform however the archives are sorted. Plain tar and zip archives are read in place. Gzipped ones
/// are unpacked on the way, into 64 MiB of memory (an eighth of a small heap) and, beyond that, a scratch file in the
/// folder for temporary files, as large as the photos.
public final class ArchiveFiles extends IndexedDataSet {
    private static final int NONE = -1;

    private final String name;
    private final List<String> labels;
    private final ArchiveIndex index;
    /// The photos of this data set among those of the index.
    private final int[] photos;
    private final int[] classes;

    private ArchiveFiles(String name, List<String> labels, ArchiveIndex index, int[] photos, int[] classes) {
        this.name = name;
        this.labels = labels;
        this.index = index;
        this.photos = photos;
        this.classes = classes;
    }

    /// The photos in `files`; if these are divided into training and validation photos (`train/cat`, `val/cat`), the
    /// training photos. Classes are the names of the first folders that branch, sorted. Files outside folders are
    /// skipped, and names that [org.mobilenet4j.data.Names] passes over.
    ///
    /// @param name its name in messages
    /// @throws org.mobilenet4j.error.BadFileException when an archive is damaged or has no photos, or there are
    ///     fewer than two classes
    /// @throws IOException when one cannot be read
    public static IndexedDataSet open(String name, List<Path> files) throws IOException {
        return open(name, files, Scratch.MEMORY_BYTES);
    }

    static IndexedDataSet open(String name, List<Path> files, int memory) throws IOException {
        var index = index(files, memory);
        return of(name, index, Layout.of(index.folders()), Layout.Part.TRAIN);
    }

    /// The validation photos in `files`, if these are divided.
    ///
    /// @throws org.mobilenet4j.error.BadFileException as [#open]
    /// @throws IOException when an archive cannot be read
    public static Optional<IndexedDataSet> validation(String name, List<Path> files) throws IOException {
        var index = index(files, Scratch.MEMORY_BYTES);
        var layout = Layout.of(index.folders());
        return layout.isDivided() ? Optional.of(of(name, index, layout, Layout.Part.VALIDATION)) : Optional.empty();
    }

    private static ArchiveIndex index(List<Path> files, int memory) throws IOException {
        var index = new ArchiveIndex(memory);
        for (var file : files) {
            index.add(file);
        }
        return index;
    }

    private static IndexedDataSet of(String name, ArchiveIndex index, Layout layout, Layout.Part part)
            throws IOException {
        var byFolder = index.folders().stream()
                .map(folder -> layout.label(folder, part))
                .toList();
        var labels =
                byFolder.stream().filter(Objects::nonNull).distinct().sorted().toList();
        Labels.requireSeveral(name, labels);
        var numbered = new HashMap<String, Integer>();
        labels.forEach(label -> numbered.put(label, numbered.size()));
        var numbers = byFolder.stream()
                .mapToInt(label -> numbered.getOrDefault(label, NONE))
                .toArray();
        var photos = IntStream.range(0, index.size())
                .filter(photo -> numbers[index.folder(photo)] != NONE)
                .toArray();
        var classes =
                Arrays.stream(photos).map(photo -> numbers[index.folder(photo)]).toArray();
        return new ArchiveFiles(name, labels, index, photos, classes);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<String> labels() {
        return labels;
    }

    @Override
    public int size() {
        return photos.length;
    }

    @Override
    public int label(int photo) {
        return classes[photo];
    }

    @Override
    public Sample sample(int photo) {
        int number = photos[photo];
        var called = index.part(number).file() + ":" + index.name(number);
        return new Sample(photo, called, classes[photo], new ArchivePhoto(index, number, called));
    }

    /// A photo in an archive.
    private record ArchivePhoto(ArchiveIndex index, int number, String called) implements Photo {
        @Override
        public Image decode() throws IOException {
            return ImageDecoder.decode(content(), called);
        }

        @Override
        public byte[] content() throws IOException {
            return index.content(number);
        }
    }

    @Override
    protected void check() throws IOException {
        for (var part : index.parts()) {
            part.source().check();
        }
    }
}
