package org.mobilenet4j.formats.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mobilenet4j.data.Labels;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.error.BadValueException;
import org.mobilenet4j.formats.SharedFiles;

class DataSetsTest {
    private static final Path FASHION = Path.of("/usr/share/datasets/fashion-mnist");

    @TempDir
    Path folder;

    private Path file(String name, String text) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    @Test
    void aFolderOfClasses() throws IOException {
        file("cat/1.png", "");
        file("dog/2.png", "");
        file("dog/3.png", "");

        var data = DataSets.open(folder);

        assertThat(data.labels()).containsExactly("cat", "dog");
        assertThat(data.counts()).containsExactly(1, 2);
        assertThat(DataSets.validation(folder)).isEmpty();
    }

    @Test
    void aFolderOfPartsAndReadableNames() throws IOException {
        for (var part : new String[] {"train", "val"}) {
            file(part + "/n01/1.png", "");
            file(part + "/n02/2.png", "");
        }
        file("train/n02/3.png", "");
        file("classes.csv", "index,wnid,name\n1,n02,\"cat, or puss\"\n0,n01,dog\n2,n03,eel\n");

        var train = DataSets.open(folder);
        var validation = DataSets.validation(folder).orElseThrow();

        assertThat(train.labels()).containsExactly("dog", "cat, or puss");
        assertThat(train.size()).isEqualTo(3);
        assertThat(validation.size()).isEqualTo(2);
        Labels.requireSame(train, validation);
    }

    @Test
    void aClassWithoutANameIsRefused() throws IOException {
        file("n01/1.png", "");
        file("n02/1.png", "");
        var names = file("classes.csv", "wnid,name\nn01,dog\n");

        assertThatThrownBy(() -> DataSets.open(folder))
                .isInstanceOf(BadFileException.class)
                .hasMessage(names + ": has no name for the class 'n02' of " + folder + "; add a line for it");
    }

    @Test
    void aListOfFilesAndLabels() throws IOException {
        var csv = file("labels.csv", "\uFEFFlabel,file\n\"dog, big\",a.png\ncat,sub/b.png\n\"dog, big\",c.png\n");

        var data = DataSets.open(csv);

        assertThat(data.labels()).containsExactly("cat", "dog, big");
        assertThat(data.counts()).containsExactly(1, 2);
        try (var reader = data.inOrder()) {
            assertThat(reader.next().orElseThrow().label()).isEqualTo(1);
            assertThat(reader.next().orElseThrow().name())
                    .isEqualTo(folder.resolve("sub/b.png").toString());
        }
    }

    @Test
    void badListsAreRefused() throws IOException {
        refused("file,label\na.png,cat\n", "has only one class, 'cat'");
        refused("file,label\n", "lists no photos; add a line for each");
        refused("a.png,cat\n", "its first line must name the columns file and label");
        refused("file,label\n../a.png,cat\n", "row 2: '../a.png' is not a file in " + folder);
        refused("file,label\na.png,cat\nb.png\n", "row 3: has no file or no label");
        refused("file,label\n\"a.png,cat\n", "is malformed CSV behind row 1: a quote");
        refused("file,label\na.png,cat\n\"b\".png,cat\n", "is malformed CSV behind row 2: a quote");
        refused("file,label\na.png,cat\nb.png,\n", "row 3: has no label; add it");
        refused("file,label\na.png,cat\n./a.png,dog\n", "row 3: gives ./a.png the label 'dog', but another row 'cat'");
        refused("name,kind\na.png,cat\n", "must name the columns file and label, not name, kind");
        refused("", "its first line must name the columns");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file,label\na.png,cat\nb.png,dog\n",
                "Label;n;File_Name\ncat;1;a.png\ndog;2;b.png\n",
                "path\tclass\na.png\tcat\nb.png\tdog\n",
                "file,label\nHERE/a.png,cat\nHERE/b.png,dog\n"
            })
    void columnsInAnyOrderAndPathsFromTheRoot(String text) throws IOException {
        var data = DataSets.open(file("labels.csv", text.replace("HERE", folder.toString())));

        assertThat(data.labels()).containsExactly("cat", "dog");
        try (var reader = data.inOrder()) {
            assertThat(reader.next().orElseThrow().name())
                    .isEqualTo(folder.resolve("a.png").toString());
        }
    }

    @Test
    void photosWhoseClassesDoNotMatterMayLieAnywhere() throws IOException {
        file("train/cat/1.png", "");
        file("train/dog/2.png", "");
        file("val/cat/3.png", "");
        file("val/dog/4.png", "");
        assertThat(DataSets.photos(folder).size()).isEqualTo(2); // those to train on

        file("5.JPEG", "");

        assertThat(DataSets.photos(folder).size()).isEqualTo(5);
        file("metadata.csv", "file_name,label\n5.JPEG,cat\ntrain/dog/2.png,dog\n");
        assertThat(DataSets.photos(folder).labels()).hasSize(2);
    }

    /// A folder in a folder, what systems leave behind, and lists as Hugging Face has them.
    @Test
    void foldersAreUnwrappedAndLitterIsPassedOver() throws IOException {
        for (var part : new String[] {"train", "test", "val"}) {
            file("my/photos/" + part + "/cat/1.png", "");
            file("my/photos/" + part + "/dog/2.png", "");
            file("my/photos/" + part + "/dog/@eaDir/2.png", "");
            file("my/photos/" + part + "/dog/Thumbs.db", "");
        }
        file("__MACOSX/my/._photos", "");
        file("my/README.md", "");

        assertThat(DataSets.open(folder).counts()).containsExactly(1, 1);
        var validation = DataSets.validation(folder).orElseThrow();
        assertThat(validation.counts()).containsExactly(1, 1);
        assertThat(validation.name()).endsWith("val");
    }

    @Test
    void listsInFolders() throws IOException {
        for (var part : new String[] {"train", "validation"}) {
            file(part + "/metadata.csv", "file_name,label\n1.png,cat\n2.png,dog\n3.png,dog\n");
        }

        assertThat(DataSets.open(folder).counts()).containsExactly(1, 2);
        assertThat(DataSets.validation(folder).orElseThrow().counts()).containsExactly(1, 2);
    }

    @Test
    void otherArchivesAreNamed() throws IOException {
        var archive = file("photos.tar.xz", "");
        assertThatThrownBy(() -> DataSets.open(archive))
                .isInstanceOf(BadFileException.class)
                .hasMessageContaining("pack it as .zip or .tar.gz");
    }

    private void refused(String text, String problem) throws IOException {
        var csv = file("labels.csv", text);
        assertThatThrownBy(() -> DataSets.open(csv))
                .isInstanceOf(BadFileException.class)
                .hasMessageStartingWith(csv + ": ")
                .hasMessageContaining(problem)
                .hasMessageNotContaining("\n");
    }

    @Test
    void whatIsNoDataSetIsRefused() throws IOException {
        var text = file("notes.txt", "x");
        assertThatThrownBy(() -> DataSets.open(text))
                .isInstanceOf(BadFileException.class)
                .hasMessageStartingWith(text + ": is not a data set; give a folder");
        assertThatThrownBy(() -> DataSets.open(folder))
                .isInstanceOf(BadFileException.class)
                .hasMessage(folder + ": has no folders of photos; create one for each class");
        assertThatThrownBy(() -> DataSets.open()).isInstanceOf(BadValueException.class);
        assertThatThrownBy(() -> DataSets.open(folder.resolve("none"))).isInstanceOf(NoSuchFileException.class);
        var images = file("images-idx3-ubyte", "");
        assertThatThrownBy(() -> DataSets.open(images))
                .isInstanceOf(BadFileException.class)
                .hasMessageContaining("labels-idx1-ubyte, are missing");
    }

    @Test
    void fashionMnist() throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(FASHION), "Debian's package dataset-fashion-mnist is not installed");

        var train = DataSets.open(FASHION);
        var validation = DataSets.validation(FASHION).orElseThrow();

        assertThat(train.size()).isEqualTo(60_000);
        assertThat(validation.size()).isEqualTo(10_000);
        Labels.requireSame(train, validation);
    }

    @Test
    void tinyImagenet() throws IOException {
        var tiny = SharedFiles.data("tiny-imagenet");

        var train = DataSets.open(tiny);
        var validation = DataSets.validation(tiny).orElseThrow();

        assertThat(train.size()).isEqualTo(100_000);
        assertThat(train.labels()).hasSize(200).startsWith("goldfish", "European fire salamander");
        assertThat(train.counts()).containsOnly(500);
        assertThat(validation.size()).isEqualTo(5000);
        Labels.requireSame(train, validation);
        try (var reader = train.shuffled(1)) {
            int last = -1;
            int rising = 0;
            for (int i = 0; i < 10_000; i++) {
                int index = reader.next().orElseThrow().index();
                rising += index > last ? 1 : 0;
                last = index;
            }
            assertThat(rising).isBetween(4700, 5300);
        }
    }

    @Test
    void photos() throws IOException {
        var data = DataSets.open(SharedFiles.data("photos").resolve("labels.csv"));

        assertThat(data.size()).isEqualTo(150);
        try (var reader = data.shuffled(3)) {
            for (int i = 0; i < 3; i++) {
                assertThat(reader.next().orElseThrow().photo().decode().height())
                        .isPositive();
            }
        }
    }
}
