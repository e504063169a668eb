package org.mobilenet4j.data.box;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.mobilenet4j.data.SeededRandom;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.error.BadValueException;

/// Photos to train a detector on, and others to measure it on.
///
/// @param train photos to train on
/// @param validation photos of the same classes to measure on
public record AnnotationSplit(Annotations train, Annotations validation) {
    public AnnotationSplit {
        Objects.requireNonNull(train, "train");
        Objects.requireNonNull(validation, "validation");
    }

    /// Each photo belongs to the rarest class that it shows, and the share is held out of each class's photos.
    static AnnotationSplit of(Annotations all, double share, long seed) throws BadFileException {
        if (!(share > 0 && share < 1)) {
            throw new BadValueException("the share for validation must lie between 0 and 1, not at " + share);
        }
        int size = all.photos().size();
        if (size < 2) {
            throw new BadFileException(
                    all.name(), "has too few photos to hold some out for validation; give at least two");
        }
        var heldOut = new BitSet();
        double missing = 0;
        var order = SeededRandom.order(size, seed);
        for (var group : groups(all, order)) {
            missing += group.size() * share;
            int taken = (int) Math.min(Math.round(missing), group.size());
            group.subList(0, taken).forEach(heldOut::set);
            missing -= taken;
        }
        if (heldOut.isEmpty()) {
            heldOut.set(order[0]);
        } else if (heldOut.cardinality() == size) {
            heldOut.clear(order[0]);
        }
        return new AnnotationSplit(part(all, heldOut, false), part(all, heldOut, true));
    }

    private static Annotations part(Annotations all, BitSet heldOut, boolean isHeldOut) {
        return all.with(IntStream.range(0, all.photos().size())
                .filter(i -> heldOut.get(i) == isHeldOut)
                .mapToObj(all.photos()::get)
                .toList());
    }

    /// The photos of each class in the order of `order`, and last those without objects.
    private static List<List<Integer>> groups(Annotations all, int[] order) {
        int classes = all.labels().size();
        var showing = new int[classes];
        for (var photo : all.photos()) {
            photo.objects().stream().mapToInt(ObjectBox::label).distinct().forEach(label -> showing[label]++);
        }
        var groups = new ArrayList<List<Integer>>();
        for (int i = 0; i <= classes; i++) {
            groups.add(new ArrayList<>());
        }
        Arrays.stream(order)
                .forEach(i -> groups.get(all.photos().get(i).objects().stream()
                                .map(ObjectBox::label)
                                .min(Comparator.comparingInt(label -> showing[label]))
                                .orElse(classes))
                        .add(i));
        return groups;
    }
}
