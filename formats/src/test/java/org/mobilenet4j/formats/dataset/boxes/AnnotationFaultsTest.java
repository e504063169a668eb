package org.mobilenet4j.formats.dataset.boxes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mobilenet4j.error.BadFileException;

/// What is wrong in a file is mended with a note, or refused in one line that says where.
class AnnotationFaultsTest {
    private static final String HEADING = "file,label,x0,y0,x1,y1\n";

    @TempDir
    private Path folder;

    private BoxFiles files;

    @BeforeEach
    void start() throws IOException {
        files = new BoxFiles(folder);
        files.photo("a.jpg");
    }

    private void refused(Path path, String message) {
        assertThatThrownBy(() -> AnnotationFiles.open(path))
                .isInstanceOf(BadFileException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("\n");
    }

    private void csv(String rows, String message) throws IOException {
        refused(files.file("boxes.csv", HEADING + rows), message);
    }

    private void voc(String xml, String message) throws IOException {
        files.file("a.xml", xml);
        refused(folder, message);
    }

    private void coco(String json, String message) throws IOException {
        refused(files.file("a.json", json), message);
    }

    private void yolo(String line, String message) throws IOException {
        files.file("classes.txt", "cat\ndog\n");
        files.file("a.txt", "0 .5 .5 .5 .5\n" + line);
        refused(folder, message);
    }

    @Test
    void mendedBoxesAreCounted() throws IOException {
        files.photo("b.jpg");
        var csv = files.file(
                "boxes.csv",
                HEADING + "a.jpg,cat,-5,0,30,20\na.jpg,cat,30,10,99,20\nb.jpg,cat,70,0,80,20\nb.jpg,cat,7,5,7,9\n"
                        + "b.jpg,cat,9,9,5,5\na.jpg,dog,1,1,60.4,9\na.jpg,cat,0,0,30,20\n");
        var data = AnnotationFiles.open(csv);

        assertThat(BoxFiles.objects(data, "a.jpg"))
                .containsExactly(
                        "cat [0.0, 0.0, 20.0, 30.0]", "cat [10.0, 30.0, 20.0, 60.0]", "dog [1.0, 1.0, 9.0, 60.0]");
        assertThat(BoxFiles.objects(data, "b.jpg")).isEmpty();
        assertThat(data.notes())
                .containsExactly(
                        "2 boxes beyond the edge of a photo, clipped to it (first: " + csv + ": row 2)",
                        "3 boxes without area in the photo, left out (first: " + csv + ": row 4)",
                        "1 box marked twice, counted once (first: " + csv + ": row 8)");
    }

    @Test
    void missingAndUnreadablePhotosAreCounted() throws IOException {
        files.file("c.jpg", "buy milk");
        var csv = files.file("boxes.csv", HEADING + "a.jpg,cat,1,1,9,9\nb.jpg,cat,1,1,9,9\nc.jpg,cat,1,1,9,9\n");
        assertThat(AnnotationFiles.open(csv).photos()).hasSize(1);
        assertThat(AnnotationFiles.open(csv).notes())
                .containsExactly(
                        "1 photo missing, left out (first: " + folder.resolve("b.jpg") + ")",
                        "1 photo unreadable, left out (first: " + folder.resolve("c.jpg")
                                + ": is not a JPEG, PNG, WebP, BMP or GIF image, whatever its name says; convert it to one)");
        csv("b.jpg,cat,1,1,9,9\n", "has no photo to use: 1 photo missing, left out (first: ");
    }

    @Test
    void cocoWithoutItsPhotos() throws IOException {
        Files.delete(folder.resolve("a.jpg"));
        coco(BoxFiles.coco(60, 40, "3 1, 1, 9, 9"), "has no photo to use: 1 photo missing");
    }

    @Test
    void otherUnits() throws IOException {
        csv("a.jpg,cat,0.1,0.2,0.5,0.6\n", "row 2: has a box in fractions of the photo, where pixels are expected");
        coco(BoxFiles.coco(60, 40, "3 0.1, 0.2, 0.5, 0.6"), "annotations entry 1 (line 3): has a box in fractions");
        voc(BoxFiles.voc("a.jpg", 60, 40, "cat .1 .2 .5 .6"), "a.xml: line 7: has a box in fractions");
        Files.delete(folder.resolve("a.xml"));
        yolo("1 30 20 10 10\n", "a.txt: line 2: has a box in pixels, [15.0, 25.0, 25.0, 35.0], where fractions");
    }

    @Test
    void otherSizes() throws IOException {
        voc(BoxFiles.voc("a.jpg", 640, 480, "cat 1 1 5 5"), "says that the photo has 640x480 pixels, but " + folder);
        coco(BoxFiles.coco(40, 60, "3 1, 1, 5, 5"), "images entry 1 (line 4): says that the photo has 40x60 pixels");
    }

    @ParameterizedTest
    @CsvSource({
        "5,'[2.0, 1.0, 22.0, 11.0]'", "6,'[2.0, 29.0, 22.0, 39.0]'",
        "7,'[38.0, 29.0, 58.0, 39.0]'", "8,'[38.0, 1.0, 58.0, 11.0]'"
    })
    void turnedPhotos(int orientation, String upright) throws IOException {
        files.turned("a.jpg", orientation);
        var seen = AnnotationFiles.open(files.file("seen.json", BoxFiles.coco(40, 60, "3 1, 2, 10, 20")));
        var stored = AnnotationFiles.open(files.file("stored.json", BoxFiles.coco(60, 40, "3 2, 1, 20, 10")));

        assertThat(BoxFiles.objects(seen, "a.jpg")).containsExactly("dog [2.0, 1.0, 22.0, 11.0]");
        assertThat(seen.notes()).singleElement().asString().contains("count as those of the upright photo");
        assertThat(BoxFiles.objects(stored, "a.jpg")).containsExactly("dog " + upright);
        assertThat(stored.notes()).singleElement().asString().contains("of the photo before that, turned too");
        coco(BoxFiles.coco(80, 20, "3 1, 1, 5, 5"), "but " + folder.resolve("a.jpg") + " has 40x60");
    }

    @Test
    void csvFaults() throws IOException {
        csv("a.jpg,cat,1,2,x,4\n", "row 2: the right edge (x1) must be a number, not 'x'; correct it");
        csv("a.jpg,cat,1,2,NaN,4\n", "must be a number, not 'NaN'");
        csv("a.jpg,cat,1,2,1f,4\n", "must be a number, not '1f'");
        csv("a.jpg,cat,1,2,1e99,4\n", "must be a number, not '1e99'");
        csv("a.jpg,cat,1,2,,4\n", "must be a number, not ''");
        csv("a.jpg,,1,2,3,4\n", "row 2: has a box without a label");
        csv("../a.jpg,cat,1,2,3,4\n", "row 2: '../a.jpg' is not a file in " + folder);
        csv("a.jpg,cat,1,2\n", "row 2: has no ");
        csv("a.jpg,,,,,\n", "marks no object in any photo");
        refused(
                files.file("boxes.csv", "file,label,x1,y1\n"),
                "its first line must name the columns file and label and x0");
    }

    @Test
    void vocFaults() throws IOException {
        var good = BoxFiles.voc("a.jpg", 60, 40, "cat 1 1 5 5");
        voc(good.replace("<xmin>1<", "<xmin>one<"), "a.xml: line 7: the xmin must be a number, not 'one'");
        voc(good.replace("<name>cat</name>", ""), "a.xml: line 7: an object has no name");
        voc(good.replace("xmax", "xmox"), "a.xml: line 7: an object has no xmax in a bndbox");
        voc(good.replace("</size>", ""), "a.xml: line 12: is not well-formed XML");
        voc(
                "<!DOCTYPE annotation [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>" + good.replace("cat", "&a;"),
                "document type");
        voc(good.replace("cat", "&a;"), "a.xml: line 8: is not well-formed XML");
        voc("<html/>", "is no annotation of Pascal VOC");
        voc("<annotation>".repeat(40), "has more than 32 elements in each other");
        voc(good.replace(">60<", ">-60<"), "the width must be an integer from 0 up, not '-60'");
        files.file("ImageSets/Main/train.txt", "a\n\nb\n");
        voc(good, "train.txt: line 3: names 'b', of which there is no XML file in " + folder);
        refused(
                folder.resolveSibling(folder.getFileName() + "#trian"),
                "has no part 'trian'; it has train; did you mean train?");
        refused(folder.resolveSibling(folder.getFileName() + "#.."), "has no part '..'");
    }

    @Test
    void cocoFaults() throws IOException {
        var good = BoxFiles.coco(60, 40, "3 1, 1, 9, 9", "7 1, 1, 9, 9");
        coco(
                good.replace("\"category_id\": 7", "\"category_id\": 8"),
                "entry 2 (line 4): has the category 8, which is not");
        coco(
                good.replace("\"image_id\": 12", "\"image_id\": 13"),
                "marks an object in the image 13, which is not among");
        coco(
                good.replace("[1, 1, 9, 9]", "[1, 1, 9]"),
                "\"bbox\" must be four numbers, [x, y, width, height], not [1.0");
        coco(good.replace("[1, 1, 9, 9]", "[1, 1, 9, \"9\"]"), "\"bbox\" must be four numbers");
        coco(good.replace("[1, 1, 9, 9]", "[1, 1, 9, 1e999]"), "\"bbox\" must be four finite numbers");
        coco(good.replace("[1, 1, 9, 9]", "[1, 1, 9, NaN]"), "is not valid JSON");
        coco(
                good.replace("\"id\": 7", "\"id\": 3"),
                "categories entry 2 (line 6): has the id or the name, 'dog', of another");
        coco(good.replace("\"name\": \"cat\"", "\"name\": \"dog\""), "of another category");
        coco(
                good.replace("\"images\": [", "\"images\": [{\"id\": 12, \"file_name\": \"b.jpg\"},"),
                "the same id as another");
        coco(
                good.replace("\"images\": [", "\"images\": [{\"id\": 1, \"file_name\": \"a.jpg\"},"),
                "a.jpg again, as does");
        coco(good.replace("a.jpg", "../a.jpg"), "'../a.jpg' is not a file in ");
        coco(good.replace("\"file_name\": \"a.jpg\",", ""), "\"file_name\" must be a text, not missing");
        coco(good.replace("categories", "licenses"), "it has no categories; give an instances_*.json");
        coco(good.substring(0, good.length() - 30), "is not valid JSON");
        coco("[{\"image_id\": 1}]", "a list of detections is no list of what photos show");
    }

    @Test
    void yoloFaults() throws IOException {
        yolo("2 .5 .5 .5 .5\n", "a.txt: line 2: has the class 2, but the last of the 2 names is that of 1");
        yolo("cat .5 .5 .5 .5\n", "a.txt: line 2: the class must be a number, not 'cat'");
        yolo("1 .5 .5 .5\n", "a.txt: line 2: has 4 values, not five: class x y width height");
        yolo("1 .5 .5 .5 .5 .9\n", "has 6 values");
        yolo("1 .5 .5 .5 inf\n", "the height must be a number, not 'inf'");
        yolo("-1 .5 .5 .5 .5\n", "the class must be an integer from 0 up, not '-1'");
        files.file("classes.txt", "cat\ncat\n");
        refused(
                files.file("d.yaml", "names: [a, b\nval: x\n"),
                "d.yaml: line 1: begins a list whose bracket is not closed");
        refused(files.file("d.yaml", "names: {0: a, 2: b}\n"), "numbers its names with gaps");
        refused(files.file("d.yaml", "nc: 3\nnames: [a, b]\n"), "has nc 3, but 2 names");
        refused(files.file("d.yaml", "names: [a, a]\n"), "names a class twice");
        refused(files.file("d.yaml", "train: here\nnames: [a, b]\n"), "names here, which is not there");
        refused(files.file("d.yaml", "train: .\n"), "has no names of classes");
    }

    @Test
    void whatIsNoDataSet() throws IOException {
        refused(folder, "has no boxes of objects; give a JSON file of COCO's");
        refused(files.file("x.tar", ""), "unpack it");
        assertThatThrownBy(() -> AnnotationFiles.open(folder.resolve("none"))).isInstanceOf(NoSuchFileException.class);
        files.file("images/a.jpg", "");
        files.file("labels/a.txt", "");
        refused(folder, "has images and labels as YOLO does, but no names of classes");
    }
}
