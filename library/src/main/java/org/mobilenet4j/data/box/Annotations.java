package org.mobilenet4j.data.box;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.mobilenet4j.data.SeededRandom;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.text.NearestName;
import org.mobilenet4j.text.OneLine;

/// Photos in which objects are marked, to train a detector or to measure one.
///
/// @param name its name in messages
/// @param labels a name for each class, without one for the background
/// @param photos in the order of their file
/// @param notes what was mended or left out when they were read, a line each, with counts
public record Annotations(String name, List<String> labels, List<AnnotatedPhoto> photos, List<String> notes) {
    /// Classes that [#classCounts] names one by one.
    private static final int MOST_NAMED = 8;

    public Annotations {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(labels, "labels");
        Objects.requireNonNull(photos, "photos");
        Objects.requireNonNull(notes, "notes");
        labels = List.copyOf(labels);
        photos = List.copyOf(photos);
        notes = List.copyOf(notes);
    }

    /// Photos of which there is nothing to note.
    public Annotations(String name, List<String> labels, List<AnnotatedPhoto> photos) {
        this(name, labels, photos, List.of());
    }

    /// The number of objects of each class, without ignored ones.
    public int[] counts() {
        var counts = new int[labels.size()];
        for (var photo : photos) {
            photo.objects().stream().filter(object -> !object.isIgnored()).forEach(object -> counts[object.label()]++);
        }
        return counts;
    }

    /// Such as `RBC 4,155, WBC 372, Platelets 361`: the number of objects of each class, the most frequent first; of
    /// many classes, those and how many more there are.
    public String classCounts() {
        var counts = counts();
        var named = IntStream.range(0, counts.length)
                .boxed()
                .sorted(Comparator.comparingInt((Integer label) -> -counts[label]))
                .limit(MOST_NAMED)
                .map(label -> String.format(Locale.ROOT, "%s %,d", OneLine.of(labels.get(label)), counts[label]))
                .collect(Collectors.joining(", "));
        return counts.length > MOST_NAMED ? named + " and " + (counts.length - MOST_NAMED) + " more" : named;
    }

    /// The same objects, numbered as in `wanted`, which may have more classes, such as those of a model or of the data
    /// that it is trained on. Upper and lower case are told apart only where `wanted` does.
    ///
    /// @throws BadFileException if a photo shows an object whose class `wanted` does not have
    public Annotations relabeled(List<String> wanted) throws BadFileException {
        if (labels.equals(wanted)) {
            return this;
        }
        var numbers = new HashMap<String, Integer>();
        for (int i = wanted.size() - 1; i >= 0; i--) {
            numbers.put(wanted.get(i).toLowerCase(Locale.ROOT), i);
        }
        for (int i = wanted.size() - 1; i >= 0; i--) {
            numbers.put(wanted.get(i), i);
        }
        var changed = new ArrayList<AnnotatedPhoto>();
        for (var photo : photos) {
            var objects = new ArrayList<ObjectBox>();
            for (var object : photo.objects()) {
                var label = labels.get(object.label());
                var number = numbers.getOrDefault(label, numbers.get(label.toLowerCase(Locale.ROOT)));
                if (number == null) {
                    throw new BadFileException(
                            name,
                            "marks '" + OneLine.of(label) + "' in " + photo.name() + ", which is none of the "
                                    + wanted.size() + " classes known" + NearestName.hint(label, wanted));
                }
                objects.add(new ObjectBox(number, object.box(), object.area(), object.kind()));
            }
            changed.add(new AnnotatedPhoto(photo.name(), photo.photo(), objects));
        }
        return new Annotations(name, wanted, changed, notes);
    }

    /// These divided at random: `share` of the photos is for validation, of those that show a rare class as of all
    /// others. The same seed gives the same division.
    ///
    /// @param share between 0 and 1
    /// @throws BadFileException if there are fewer than two photos
    public AnnotationSplit holdOut(double share, long seed) throws BadFileException {
        return AnnotationSplit.of(this, share, seed);
    }

    /// `most` photos chosen at random, in their order; all if there are fewer. The same seed chooses the same.
    public Annotations limited(int most, long seed) {
        if (most < 1) {
            throw new BadValueException("at least one photo is needed, not " + most);
        }
        return with(IntStream.of(SeededRandom.order(photos.size(), seed))
                .limit(most)
                .sorted()
                .mapToObj(photos::get)
                .toList());
    }

    /// These with other photos.
    Annotations with(List<AnnotatedPhoto> others) {
        return new Annotations(name, labels, others, notes);
    }

    /// Such as `bccd: 364 photos, 4,888 objects of 3 classes`.
    @Override
    public String toString() {
        long objects =
                photos.stream().mapToLong(photo -> photo.objects().size()).sum();
        return name + ": " + count(photos.size(), "photo") + ", " + count(objects, "object") + " of "
                + (labels.size() == 1 ? "1 class" : labels.size() + " classes");
    }

    private static String count(long count, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", count, noun, count == 1 ? "" : "s");
    }
}
