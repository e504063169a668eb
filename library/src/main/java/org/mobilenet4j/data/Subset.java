package org.mobilenet4j.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.error.BadValueException;

/// A part of a data set, in the order of the whole.
public final class Subset implements DataSet {
    private static final int OUT = -1;

    private final DataSet data;
    private final List<String> labels;
    /// For each photo of the whole, its index in the subset, or [#OUT].
    private final int[] numbers;
    private final int[] classes;
    private final int size;

    private Subset(DataSet data, List<String> labels, IntPredicate kept, int[] newClasses) {
        this.data = data;
        this.labels = labels;
        this.numbers = new int[data.size()];
        this.classes = new int[data.size()];
        int count = 0;
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = OUT;
            if (kept.test(i)) {
                classes[count] = newClasses[data.label(i)];
                numbers[i] = count++;
            }
        }
        this.size = count;
    }

    /// The classes whose name `wanted` accepts, with all their photos.
    ///
    /// @throws BadFileException when there are fewer than two
    public static DataSet ofClasses(DataSet data, Predicate<String> wanted) throws BadFileException {
        var all = data.labels();
        var newClasses = new int[all.size()];
        Arrays.fill(newClasses, OUT);
        var kept = IntStream.range(0, all.size())
                .filter(i -> wanted.test(all.get(i)))
                .toArray();
        for (int i = 0; i < kept.length; i++) {
            newClasses[kept[i]] = i;
        }
        var labels = Arrays.stream(kept).mapToObj(all::get).toList();
        Labels.requireSeveral(data.name(), labels);
        return new Subset(data, labels, i -> newClasses[data.label(i)] != OUT, newClasses);
    }

    /// The first `most` photos of every class.
    public static DataSet perClass(DataSet data, int most) {
        if (most < 1) {
            throw new BadValueException("a class needs at least one photo, not " + most);
        }
        var seen = new int[data.labels().size()];
        return of(data, i -> seen[data.label(i)]++ < most);
    }

    /// A random selection of photos, balanced between the classes as far as possible. The same seed selects the
    /// same photos.
    ///
    /// @param most number of photos; all if there are fewer
    public static DataSet evenly(DataSet data, int most, long seed) {
        if (most < 1) {
            throw new BadValueException("at least one photo is needed, not " + most);
        }
        var drawn = new int[data.labels().size()];
        var rounds = new TreeMap<Integer, List<Integer>>(); // the first photo of each class, the second, ...
        for (int i : SeededRandom.order(data.size(), seed)) {
            rounds.computeIfAbsent(drawn[data.label(i)]++, _ -> new ArrayList<>())
                    .add(i);
        }
        var chosen = new BitSet();
        rounds.values().stream().flatMap(List::stream).limit(most).forEach(chosen::set);
        return of(data, chosen::get);
    }

    /// Splits `data` at random, stratified by class: `share` of each class's photos, but at least one if the class
    /// has two, is for validation. The same seed gives the same split.
    public static Split holdOut(DataSet data, double share, long seed) {
        if (!(share > 0 && share < 1)) {
            throw new BadValueException("the share for validation must lie between 0 and 1, not at " + share);
        }
        var left = data.counts();
        for (int c = 0; c < left.length; c++) {
            left[c] = Math.clamp(Math.round(left[c] * share), Math.min(1, left[c] - 1), left[c] - 1);
        }
        var heldOut = new boolean[data.size()];
        for (int i : SeededRandom.order(data.size(), seed)) {
            heldOut[i] = left[data.label(i)]-- > 0;
        }
        return new Split(of(data, i -> !heldOut[i]), of(data, i -> heldOut[i]));
    }

    private static Subset of(DataSet data, IntPredicate kept) {
        return new Subset(
                data,
                data.labels(),
                kept,
                IntStream.range(0, data.labels().size()).toArray());
    }

    @Override
    public String name() {
        return data.name();
    }

    @Override
    public List<String> labels() {
        return labels;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int label(int index) {
        return classes[index];
    }

    @Override
    public SampleReader shuffled(long seed) throws IOException {
        return new Filter(data.shuffled(seed));
    }

    @Override
    public SampleReader inOrder() throws IOException {
        return new Filter(data.inOrder());
    }

    private final class Filter implements SampleReader {
        private final SampleReader reader;

        Filter(SampleReader reader) {
            this.reader = reader;
        }

        @Override
        public Optional<Sample> next() throws IOException {
            for (var sample = reader.next(); sample.isPresent(); sample = reader.next()) {
                int number = numbers[sample.get().index()];
                if (number != OUT) {
                    return Optional.of(sample.get().as(number, classes[number]));
                }
            }
            return Optional.empty();
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }

    /// Such as `flowers: 3,670 photos of 5 classes`.
    @Override
    public String toString() {
        return DataSet.text(this);
    }
}
