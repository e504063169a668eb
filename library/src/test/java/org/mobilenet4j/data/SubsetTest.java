package org.mobilenet4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mobilenet4j.error.BadFileException;

class SubsetTest {
    @TempDir
    Path folder;

    private DataSet data;

    @BeforeEach
    void write() throws IOException {
        var files = Pictures.pictures(20, 0, "ant", "bee", "cow");
        files.putAll(Pictures.pictures(1, 60, "dog"));
        data = Folder.open(Pictures.write(folder, files));
    }

    private static List<String> names(SampleReader reader, DataSet of) throws IOException {
        var names = new ArrayList<String>();
        var seen = new boolean[of.size()];
        try (reader) {
            for (var sample = reader.next(); sample.isPresent(); sample = reader.next()) {
                names.add(sample.get().name());
                int index = sample.get().index();
                assertThat(seen[index]).isFalse();
                seen[index] = true;
                assertThat(sample.get().label()).isEqualTo(of.label(index));
                assertThat(sample.get().name())
                        .contains("/" + of.labels().get(sample.get().label()) + "/");
            }
        }
        assertThat(names).hasSize(of.size());
        return names;
    }

    @Test
    void someClassesAreNumberedAnew() throws IOException {
        var part = Subset.ofClasses(data, label -> !label.equals("bee"));

        assertThat(part.labels()).containsExactly("ant", "cow", "dog");
        assertThat(part.counts()).containsExactly(20, 20, 1);
        assertThat(names(part.inOrder(), part)).isSorted();
        assertThat(names(part.shuffled(1), part))
                .isEqualTo(names(part.shuffled(1), part))
                .isNotEqualTo(names(part.shuffled(2), part));
        assertThatThrownBy(() -> Subset.ofClasses(data, label -> label.equals("bee")))
                .isInstanceOf(BadFileException.class)
                .hasMessageContaining("only one class, 'bee'");
    }

    @Test
    void fewOfEachClass() throws IOException {
        var part = Subset.perClass(data, 3);

        assertThat(part.counts()).containsExactly(3, 3, 3, 1);
        names(part.shuffled(1), part);
    }

    @Test
    void whatIsHeldOutIsAShareOfEachClassAndTheRestIsLeft() throws IOException {
        var split = Subset.holdOut(data, 0.1, 7);

        assertThat(split.validation().counts()).containsExactly(2, 2, 2, 0);
        assertThat(split.train().counts()).containsExactly(18, 18, 18, 1);
        var both = names(split.train().shuffled(1), split.train());
        both.addAll(names(split.validation().inOrder(), split.validation()));
        assertThat(both).containsExactlyInAnyOrderElementsOf(names(data.inOrder(), data));
        assertThat(names(Subset.holdOut(data, 0.1, 7).validation().inOrder(), split.validation()))
                .isEqualTo(names(split.validation().inOrder(), split.validation()));
        assertThat(names(Subset.holdOut(data, 0.1, 8).validation().inOrder(), split.validation()))
                .isNotEqualTo(names(split.validation().inOrder(), split.validation()));
        assertThat(Subset.holdOut(data, 0.001, 7).validation().counts()).containsExactly(1, 1, 1, 0);
        assertThat(Subset.holdOut(data, 0.999, 7).train().counts()).containsExactly(1, 1, 1, 1);
    }

    @Test
    void someAreDrawnEvenlyOverTheClasses() throws IOException {
        var part = Subset.evenly(data, 10, 1);

        assertThat(part.counts()).containsExactly(3, 3, 3, 1);
        assertThat(names(part.inOrder(), part))
                .isEqualTo(names(Subset.evenly(data, 10, 1).inOrder(), part))
                .isNotEqualTo(names(Subset.evenly(data, 10, 2).inOrder(), part));
        assertThat(Subset.evenly(data, 5, 1).counts()).contains(1).doesNotContain(0, 3);
        assertThat(Subset.evenly(data, 1_000, 1).size()).isEqualTo(data.size());
        assertThatThrownBy(() -> Subset.evenly(data, 0, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
