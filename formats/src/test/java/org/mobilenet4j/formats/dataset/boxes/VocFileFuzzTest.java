package org.mobilenet4j.formats.dataset.boxes;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;
import org.mobilenet4j.error.BadFileException;
import org.mobilenet4j.fuzz.ReaderLimits;

/// XML files of Pascal VOC's kind.
class VocFileFuzzTest {
    @TempDir
    private Path folder;

    static Stream<byte[]> seeds() {
        return Stream.of(
                        BoxFiles.voc("a.jpg", 60, 40, "cat 1 2 3 4", "dog 5.5 6 70 80 difficult"),
                        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><!-- c --><annotation><object><name><![CDATA[a&b]]></name>&lt;"
                                + "<part><bndbox/></part><bndbox a=\"1\"><xmin>1</xmin></bndbox></object></annotation>",
                        "<!DOCTYPE annotation [<!ENTITY a \"aaaaaaaa\"><!ENTITY b \"&a;&a;\">]><annotation><filename>&b;</filename></annotation>")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest
    void xml(byte[] bytes) throws IOException {
        var file = Files.write(folder.resolve("hurt.xml"), bytes);
        ReaderLimits.check(bytes.length, () -> VocFile.read(file), BadFileException.class);
    }
}
