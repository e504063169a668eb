package org.mobilenet4j;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The field's words instead of those that this project once made up, and packages of a size that can be taken in.
class VocabularyTest {
    private static final Path CHECKOUT = Path.of("..");
    private static final List<String> MODULES = List.of("library", "formats", "app", "benchmarks");
    private static final int MOST_CLASSES = 30;

    /// Words of our own, as whole identifiers or in prose.
    private static final Pattern GONE =
            Pattern.compile("(?i:\\bwhole[\\s/]+numbers?\\b|wholeNumbers?)|quantis|Quantis|normalis|Normalis|\\b("
                    + String.join(
                            "|",
                            "StoredMaps",
                            "StoredWeights",
                            "getStored",
                            "StoredKernel",
                            "Stored(Mean|Sum|Average|Product|Softmax|Bilinear)",
                            "StoredRanges?",
                            "KernelGrid",
                            "WholeNumbers",
                            "StepRelay",
                            "ImageRelay",
                            "reachRows",
                            "UnfoldedConvStep",
                            "UnfoldKernel",
                            "(Scalar|Vector)Unfold",
                            "ProductKernel",
                            "(Scalar|Vector)Product",
                            "FilterKernel",
                            "(Scalar|Vector)Filter",
                            "Interrogation",
                            "RememberedTeacher",
                            "AnswerFile",
                            "Timetable",
                            "Rehearsal",
                            "HeadStart",
                            "LeftOut")
                    + ")\\b");

    /// Classes of ours, of which the names are words that prose may well use.
    private static final Set<String> GONE_CLASSES = Set.of(
            "Relay",
            "Rescaling",
            "Storage",
            "Border",
            "Edge",
            "Multiplier",
            "Notation",
            "Bounds",
            "Making",
            "Rounded",
            "Narrowed",
            "Ending",
            "Stored");

    /// Files of which some lines keep old words, so that what was written or typed before can still be read.
    private static final List<String> READERS_OF_OLD_FILES = List.of(
            "library/src/main/java/org/mobilenet4j/model/file/ModelMetadata.java",
            "library/src/test/java/org/mobilenet4j/model/file/ModelFileTest.java",
            "library/src/test/java/org/mobilenet4j/VocabularyTest.java");

    @Test
    void codeAndDocsUseTheFieldsWords() throws IOException {
        var found = new ArrayList<String>();
        for (var file : texts()) {
            var name = CHECKOUT.relativize(file).toString();
            if (READERS_OF_OLD_FILES.contains(name)) {
                continue;
            }
            // A phrase may run over the end of a line, and of a comment's.
            var text = Files.readString(file).replaceAll("\\n *(///?|\\*|#)? *", "\n");
            var matcher = GONE.matcher(text);
            while (matcher.find()) {
                found.add(name + ": " + matcher.group().replace('\n', ' '));
            }
            var title = file.getFileName().toString().replaceAll("\\..*", "");
            if (GONE.matcher(title).find() || GONE_CLASSES.contains(title)) {
                found.add(name + ": its name");
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void noPackageIsTooLarge() throws IOException {
        for (var module : MODULES) {
            try (var files = Files.walk(CHECKOUT.resolve(module).resolve("src/main/java"))) {
                var sizes = files.filter(file -> file.toString().endsWith(".java"))
                        .filter(file -> !file.toString().endsWith("-info.java"))
                        .collect(groupingBy(Path::getParent));
                assertThat(sizes)
                        .allSatisfy((folder, classes) ->
                                assertThat(classes).as(folder.toString()).hasSizeLessThanOrEqualTo(MOST_CLASSES));
            }
        }
    }

    /// Sources, docs and scripts; the results of past runs under `docs/results` stay as they were printed.
    private static List<Path> texts() throws IOException {
        var texts = new ArrayList<Path>();
        var roots = Stream.concat(
                MODULES.stream().map(module -> module + "/src"),
                Stream.of("docs", "examples", "README.md", "CONTRIBUTING.md", "benchmarks/README.md", "mobilenet"));
        for (var root : roots.toList()) {
            try (var files = Files.walk(CHECKOUT.resolve(root))) {
                files.filter(Files::isRegularFile)
                        .filter(VocabularyTest::isText)
                        .forEach(texts::add);
            }
        }
        return texts;
    }

    private static boolean isText(Path file) {
        var name = file.toString();
        return !name.contains("docs/results/")
                && (name.endsWith(".java") || name.endsWith(".md") || name.endsWith("mobilenet"));
    }
}
