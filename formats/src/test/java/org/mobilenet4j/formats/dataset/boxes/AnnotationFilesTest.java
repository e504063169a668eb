package org.mobilenet4j.formats.dataset.boxes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mobilenet4j.formats.SharedFiles;

/// The same two objects in every form, and the layouts in which people have them.
class AnnotationFilesTest {
    private static final String DOG = "dog [5.0, 10.0, 25.0, 40.0]";
    private static final String CAT = "cat [0.0, 0.0, 40.0, 60.0]";
    private static final String[] VOC = {"dog 11 6 40 25", "cat 1 1 60 40"};
    private static final String YOLO = "1 0.4166667 0.375 0.5 0.5\n0 0.5 0.5 1 1\n";

    @TempDir
    private Path folder;

    private BoxFiles files;

    @BeforeEach
    void start() {
        files = new BoxFiles(folder);
    }

    private void finds(Path path, String... objects) throws IOException {
        var data = AnnotationFiles.open(path);
        assertThat(data.labels()).containsExactlyInAnyOrder("cat", "dog");
        assertThat(BoxFiles.objects(data, "a.jpg")).containsExactly(objects);
        assertThat(data.notes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"Annotations,JPEGImages", "Annotations,images", "annotations,.", ".,.", "Annotations,Annotations"})
    void voc(String annotations, String photos) throws IOException {
        files.file(annotations + "/a.xml", BoxFiles.voc("a.jpg", 60, 40, VOC));
        files.photo(photos + "/a.jpg");

        finds(folder, DOG, CAT);
        assertThat(AnnotationFiles.splits(folder)).isEmpty();
    }

    @Test
    void vocInParts() throws IOException {
        for (var name : new String[] {"a", "b", "c", "d"}) {
            files.photo("VOC/JPEGImages/" + name + ".jpg");
            var object = name.equals("d") ? "eel 1 1 2 2" : "dog 11 6 40 25 difficult";
            files.file("VOC/Annotations/" + name + ".xml", BoxFiles.voc("renamed.png", 0, 0, object));
        }
        files.file("VOC/ImageSets/Main/train.txt", "b\na\n");
        files.file("VOC/ImageSets/Main/val.txt", "c\n");
        files.file("VOC/ImageSets/Main/trainval.txt", "a.jpg\nb\nc\nb\n");
        files.file("VOC/ImageSets/Main/dog_train.txt", "a  1\nb -1\n");
        files.file("VOC/ImageSets/Main/test.txt", "d\n");

        var train = AnnotationFiles.open(folder);
        assertThat(train.name()).endsWith("VOC#train");
        assertThat(train.labels()).containsExactly("dog", "eel");
        assertThat(train.photos().getFirst().name()).endsWith("b.jpg");
        assertThat(BoxFiles.objects(train, "a.jpg")).containsExactly(DOG + " ignored");
        assertThat(train.counts()).containsExactly(0, 0);
        assertThat(AnnotationFiles.validation(folder).orElseThrow().photos()).hasSize(1);
        assertThat(AnnotationFiles.splits(folder)).containsExactly("test", "train", "trainval", "val");

        var both = AnnotationFiles.open(folder.resolve("VOC#trainval"));
        assertThat(both.photos()).hasSize(3);
        assertThat(both.notes()).singleElement().asString().startsWith("1 photo listed twice, taken once (first: ");
        assertThat(AnnotationFiles.open(folder.resolve("VOC#dog_train")).photos())
                .hasSize(2);
        assertThat(AnnotationFiles.open(folder.resolve("VOC#test")).classCounts())
                .isEqualTo("eel 1, dog 0");
        assertThat(AnnotationFiles.validation(folder.resolve("VOC#train"))).isEmpty();
    }

    @Test
    void partsOfVocObjectsAreNotObjects() throws IOException {
        files.photo("a.jpg");
        files.file(
                "a.xml",
                BoxFiles.voc("a.jpg", 60, 40, VOC)
                        .replaceFirst(
                                "</bndbox>",
                                "</bndbox><part><name>head</name><bndbox><xmin>1</xmin><ymin>1</ymin><xmax>9</xmax>"
                                        + "<ymax>9</ymax></bndbox></part>"));
        finds(folder, DOG, CAT);
    }

    @ParameterizedTest
    @CsvSource({
        "instances.json,a.jpg",
        "_annotations.coco.json,a.jpg",
        "annotations/instances_train2017.json,train2017/a.jpg",
        "annotations/instances_train2017.json,images/train2017/a.jpg",
        "labels.json,data/a.jpg"
    })
    void coco(String json, String photo) throws IOException {
        var file = files.file(json, BoxFiles.coco(60, 40, "3 10, 5, 30, 20", "7 0, 0, 60, 40"));
        files.photo(photo);

        finds(file, DOG, CAT);
        finds(folder, DOG, CAT);
        assertThat(AnnotationFiles.open(folder).labels()).containsExactly("dog", "cat");
    }

    @Test
    void cocoInParts() throws IOException {
        for (var part : new String[] {"train2017", "val2017"}) {
            files.photo(part + "/a.jpg");
            files.file("annotations/instances_" + part + ".json", BoxFiles.coco(60, 40, "3 10, 5, 30, 20"));
            files.file("annotations/captions_" + part + ".json", "{}");
        }
        assertThat(AnnotationFiles.splits(folder)).containsExactly("train2017", "val2017");
        assertThat(AnnotationFiles.open(folder).name()).endsWith("#train2017");
        assertThat(AnnotationFiles.validation(folder).orElseThrow().name()).endsWith("#val2017");
    }

    @Test
    void crowdsAreIgnoredAndPhotosMayBeElsewhere() throws IOException {
        files.photo("elsewhere/a.jpg");
        var file = files.file(
                "x.json",
                BoxFiles.coco(60, 40, "3 10, 5, 30, 20", "7 0, 0, 60, 40")
                        .replaceFirst("\"category_id\"", "\"iscrowd\": 1, \"category_id\""));
        var data = AnnotationFiles.open(file, folder.resolve("elsewhere"));
        assertThat(BoxFiles.objects(data, "a.jpg")).containsExactly(DOG + " ignored", CAT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file,label,x0,y0,x1,y1\na.jpg,dog,10,5,40,25\na.jpg,cat,0,0,60,40\nb.jpg,,,,,\n",
                "filename;width;height;class;xmin;ymin;xmax;ymax\na.jpg;60;40;dog;10;5;40;25\na.jpg;60;40;cat;0;0;60;40"
                        + "\nb.jpg;60;40;;;;;\n",
                "label,x1,y1,x2,y2,file\ndog,10,5,40,25.0,a.jpg\ncat,0,0,6e1,40,./a.jpg\n,,,,,b.jpg\n"
            })
    void csv(String text) throws IOException {
        files.photos("images/a.jpg", "images/b.jpg");
        var file = files.file("boxes.csv", text);

        finds(file, DOG, CAT);
        finds(folder, DOG, CAT);
        assertThat(AnnotationFiles.open(file).photos()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "classes.txt,images/a.jpg,labels/a.txt",
        "classes.txt,a.jpg,a.txt",
        "obj.names,a.jpg,a.txt",
        "labels/classes.txt,images/a.jpg,labels/a.txt"
    })
    void yolo(String names, String photo, String labels) throws IOException {
        files.photo(photo);
        files.file(labels, YOLO);
        files.file(names, "cat\ndog\n");

        finds(folder, DOG, CAT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "path: ../%s # here\ntrain: images/train\nval: images/val\nnames:\n  0: cat\n  1: dog\n",
                "train: ../images/train\nval: ../images/val\n\nnc: 2\nnames: ['cat', \"dog\"]\n\nroboflow:\n  version: 1\n",
                "train: [images/train]\nval: images/val\nnames: [ 'cat', # the first\n   'dog' ]\ndownload: |\n  x: y\n",
                "train:\n- images/train\nval: images/val\nnames:\n- cat\n- dog\n",
                "---\ntrain: train.txt\nval: images/val\nnames: {0: cat, 1: dog}\n"
            })
    void yoloDescribed(String yaml) throws IOException {
        files.photos("images/train/a.jpg", "images/val/b.jpg");
        files.file("labels/train/a.txt", YOLO);
        files.file("labels/val/b.txt", "0 .5 .5 1 1\n");
        files.file("train.txt", "./images/train/a.jpg\n");
        var file = files.file("data.yaml", yaml.formatted(folder.getFileName()));

        finds(file, DOG, CAT);
        finds(folder, DOG, CAT);
        assertThat(AnnotationFiles.open(folder.resolveSibling(folder.getFileName() + "#val"))
                        .photos())
                .hasSize(1);
        assertThat(AnnotationFiles.validation(file).orElseThrow().labels()).containsExactly("cat", "dog");
    }

    @Test
    void yoloOfDarknet() throws IOException {
        files.photos("obj_train_data/a.jpg", "obj_train_data/none.jpg");
        files.file(
                "obj_train_data/a.txt",
                "1 0.1666667 0.125 0.6666667 0.125 0.6666667 0.625 0.1666667 0.625\n0 0.5 0.5 1 1\n");
        files.file("obj.names", "cat\ndog\n");
        files.file("train.txt", "data/obj_train_data/a.jpg\ndata/obj_train_data/none.jpg\n");
        files.file("obj.data", "classes = 2\ntrain = data/train.txt\nnames = data/obj.names\nbackup = backup/\n");

        var data = AnnotationFiles.open(folder);
        assertThat(BoxFiles.objects(data, "a.jpg")).containsExactly(DOG, CAT);
        assertThat(data.photos()).hasSize(2);
        assertThat(data.notes())
                .singleElement()
                .asString()
                .startsWith("1 photo without a file of boxes, taken to show no object (first: ");
    }

    @Test
    void foldersOfParts() throws IOException {
        for (var part : new String[] {"train", "valid"}) {
            files.photo("set/" + part + "/a.jpg");
            files.file("set/" + part + "/_annotations.coco.json", BoxFiles.coco(60, 40, "3 10, 5, 30, 20"));
        }
        files.file("set/README.txt", "");
        assertThat(AnnotationFiles.splits(folder)).containsExactly("train", "valid");
        assertThat(AnnotationFiles.open(folder).name()).endsWith("train");
        assertThat(AnnotationFiles.validation(folder)).isPresent();
    }

    @Test
    void tablesOfParts() throws IOException {
        files.photo("a.jpg");
        for (var part : new String[] {"train_labels", "test_labels"}) {
            files.file(part + ".csv", "file,label,x0,y0,x1,y1\na.jpg,dog,10,5,40,25\n");
        }
        files.file("notes.csv", "a,b\n");
        assertThat(AnnotationFiles.splits(folder)).containsExactly("test_labels", "train_labels");
        assertThat(AnnotationFiles.validation(folder)).isPresent();
    }

    @Test
    void bccd() throws IOException {
        var bccd = SharedFiles.data("bccd");
        var train = AnnotationFiles.open(bccd);
        var validation = AnnotationFiles.validation(bccd).orElseThrow();
        var test = AnnotationFiles.open(bccd.resolveSibling("bccd#test"));

        assertThat(train.labels()).containsExactly("Platelets", "RBC", "WBC");
        assertThat(train.classCounts()).isEqualTo("RBC 2,381, WBC 214, Platelets 209");
        assertThat(train.photos()).hasSize(205);
        assertThat(validation.photos()).hasSize(87);
        assertThat(test.photos()).hasSize(72);
        assertThat(test.relabeled(train.labels())).isEqualTo(test);
        assertThat(test.notes()).isEmpty();
        // Two objects in all are one click each.
        assertThat(AnnotationFiles.open(bccd.resolveSibling("bccd#trainval")).notes())
                .singleElement()
                .asString()
                .startsWith("2 boxes without area in the photo, left out (first: ");
    }
}
