package org.mobilenet4j.data.box;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.image.Image;

class AnnotationsTest {
    private static final Box BOX = new Box(1, 2, 3, 4);

    /// A photo that shows objects of these classes.
    private static AnnotatedPhoto photo(String name, int... labels) {
        return new AnnotatedPhoto(
                name,
                () -> new Image(1, 1, new byte[3]),
                IntStream.of(labels)
                        .mapToObj(label -> new ObjectBox(label, BOX))
                        .toList());
    }

    private static Annotations photos(int common, int rare, int empty) {
        var photos = new ArrayList<AnnotatedPhoto>();
        IntStream.range(0, common).forEach(i -> photos.add(photo("common" + i, 0, 0)));
        IntStream.range(0, rare).forEach(i -> photos.add(photo("rare" + i, 0, 1)));
        IntStream.range(0, empty).forEach(i -> photos.add(photo("empty" + i)));
        return new Annotations("x", List.of("cat", "dog"), photos);
    }

    @Test
    void objectsAreCounted() {
        var ignored = new AnnotatedPhoto(
                "z",
                () -> new Image(1, 1, new byte[3]),
                List.of(new ObjectBox(1, BOX, ObjectBox.Kind.DIFFICULT), new ObjectBox(1, BOX)));
        var data = new Annotations(
                "x",
                List.of("cat", "dog", "eel"),
                List.of(photo("a", 1, 0, 1), photo("b"), ignored),
                List.of("a note"));

        assertThat(data.counts()).containsExactly(1, 3, 0);
        assertThat(data.classCounts()).isEqualTo("dog 3, cat 1, eel 0");
        assertThat(data).hasToString("x: 3 photos, 5 objects of 3 classes");
        assertThat(new Annotations("y", List.of("cat"), List.of(photo("a", 0))))
                .hasToString("y: 1 photo, 1 object of 1 class");
        assertThat(data.notes()).containsExactly("a note");
    }

    @Test
    void manyClassesAreNamedInPart() {
        var labels = IntStream.range(0, 80).mapToObj(i -> "c" + i).toList();
        var data = new Annotations("x", labels, List.of(photo("a", 7, 7, 79)));
        assertThat(data.classCounts()).isEqualTo("c7 2, c79 1, c0 0, c1 0, c2 0, c3 0, c4 0, c5 0 and 72 more");
    }

    @Test
    void classesAreRenumbered() throws BadFileException {
        var data = photos(1, 1, 0);
        var other = data.relabeled(List.of("Dog", "eel", "cat", "Cat"));

        assertThat(other.labels()).containsExactly("Dog", "eel", "cat", "Cat");
        assertThat(other.photos().get(1).objects().stream().map(ObjectBox::label))
                .containsExactly(2, 0);
        assertThatThrownBy(() -> data.relabeled(List.of("cat", "dogs")))
                .isInstanceOf(BadFileException.class)
                .hasMessage("x: marks 'dog' in rare0, which is none of the 2 classes known; did you mean dogs?");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void rareClassesAreHeldOutToo(long seed) throws BadFileException {
        var split = photos(80, 20, 10).holdOut(0.2, seed);

        assertThat(split.validation().photos()).hasSize(22);
        assertThat(split.validation().counts()).containsExactly(16 * 2 + 4, 4);
        assertThat(split.train().photos())
                .hasSize(88)
                .doesNotContainAnyElementsOf(split.validation().photos());
        assertThat(split.train().labels()).isEqualTo(split.validation().labels());
        var again = photos(80, 20, 10).holdOut(0.2, seed);
        assertThat(names(again.train()))
                .isEqualTo(names(split.train()))
                .isNotEqualTo(names(photos(80, 20, 10).holdOut(0.2, seed + 1).train()));
    }

    private static List<String> names(Annotations data) {
        return data.photos().stream().map(AnnotatedPhoto::name).toList();
    }

    @Test
    void bothPartsHavePhotos() throws BadFileException {
        for (double share : new double[] {0.001, 0.5, 0.999}) {
            var split = photos(1, 1, 0).holdOut(share, 1);
            assertThat(split.train().photos()).hasSize(1);
            assertThat(split.validation().photos()).hasSize(1);
        }
        assertThatThrownBy(() -> photos(1, 0, 0).holdOut(0.5, 1))
                .isInstanceOf(BadFileException.class)
                .hasMessageContaining("too few photos");
        assertThatThrownBy(() -> photos(2, 0, 0).holdOut(1, 1)).isInstanceOf(BadValueException.class);
    }

    @Test
    void someAreChosen() {
        var data = photos(50, 0, 0);
        assertThat(names(data.limited(5, 1)))
                .hasSize(5)
                .isSubsetOf(names(data))
                .isEqualTo(names(data.limited(5, 1)))
                .isNotEqualTo(names(data.limited(5, 2)));
        assertThat(data.limited(99, 1)).isEqualTo(data);
        assertThatThrownBy(() -> data.limited(0, 1)).isInstanceOf(BadValueException.class);
    }
}
