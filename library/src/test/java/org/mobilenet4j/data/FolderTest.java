package org.mobilenet4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mobilenet4j.error.BadFileException;

class FolderTest {
    @TempDir
    Path folder;

    @Test
    void classesAreFoldersByName() throws IOException {
        Pictures.write(
                folder,
                Map.of(
                        "dog/1.png", Pictures.png(1),
                        "cat/wild/lynx/2.png", Pictures.png(2),
                        "cat/3.png", Pictures.png(3),
                        "cat/.hidden.png", Pictures.png(4),
                        "cat/.trash/5.png", Pictures.png(5),
                        ".git/6.png", Pictures.png(6),
                        "classes.csv", Pictures.png(7)));

        var data = Folder.open(folder);

        assertThat(data.labels()).containsExactly("cat", "dog");
        assertThat(data.size()).isEqualTo(3);
        assertThat(data.counts()).containsExactly(2, 1);
        try (var reader = data.inOrder()) {
            var sample = reader.next().orElseThrow();
            assertThat(sample.name()).endsWith("3.png");
            assertThat(sample.photo().decode().at(1, 1, 0)).isEqualTo(3);
            reader.skip(2);
            assertThat(reader.next()).isEmpty();
        }
    }

    @Test
    void whatNothingCanBeTrainedOnIsRefused() throws IOException {
        refused("has no folders of photos; create one for each class");
        Pictures.write(folder, Map.of("cat/1.png", Pictures.png(1)));
        refused("has only one class, 'cat'; add photos of another");
        Files.createDirectories(folder.resolve("dog/.thumbnails"));
        assertThatThrownBy(() -> Folder.open(folder))
                .isInstanceOf(BadFileException.class)
                .hasMessage(folder.resolve("dog") + ": this class has no photos; add some, or remove the folder");
    }

    private void refused(String problem) {
        assertThatThrownBy(() -> Folder.open(folder))
                .isInstanceOf(BadFileException.class)
                .hasMessage(folder + ": " + problem);
    }

    @Test
    void aCircleOfLinksIsRefused() throws IOException {
        Pictures.write(folder, Map.of("cat/1.png", Pictures.png(1), "dog/1.png", Pictures.png(1)));
        Files.createSymbolicLink(folder.resolve("cat/again"), folder.resolve("cat"));

        assertThatThrownBy(() -> Folder.open(folder))
                .isInstanceOf(BadFileException.class)
                .hasMessageContaining("cat: cannot be read");
    }

    @Test
    void trainingAndValidationNeedTheSameClasses() throws IOException {
        var train = Folder.open(Pictures.write(folder.resolve("a"), Pictures.pictures(1, 0, "cat", "dog")));
        var same = Folder.open(Pictures.write(folder.resolve("b"), Pictures.pictures(2, 9, "dog", "cat")));
        var more = Folder.open(Pictures.write(folder.resolve("c"), Pictures.pictures(1, 9, "dog", "cat", "eel")));

        Labels.requireSame(train, same);
        assertThatThrownBy(() -> Labels.requireSame(train, more))
                .isInstanceOf(BadFileException.class)
                .hasMessage(train.name() + ": has no class 'eel', which " + more.name()
                        + " has; training and validation need the same classes");
        assertThatThrownBy(() -> Labels.requireSame(more, train))
                .isInstanceOf(BadFileException.class)
                .hasMessageStartingWith(train.name() + ": has no class 'eel'");
        assertThatThrownBy(() -> Labels.requireSame(
                        train, new Renamed(same, same.labels().reversed())))
                .isInstanceOf(BadFileException.class)
                .hasMessageContaining("in another order");
    }
}
