package org.mobilenet4j.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Who may catch what a bug of ours would throw, so that it is not reported as a bad file;
/// `docs/decisions/016-whose-fault.md`
/// says why each does.
class WhoseFaultTest {
    private static final Set<String> BUGS = Set.of(
            "java.lang.Exception",
            "java.lang.RuntimeException",
            "java.lang.IllegalArgumentException",
            "java.lang.IllegalStateException",
            "java.lang.ArithmeticException",
            "java.lang.ClassCastException",
            "java.lang.NullPointerException",
            "java.lang.IndexOutOfBoundsException");

    private static boolean catchesBugs(JavaClass owner) {
        return owner.getCodeUnits().stream()
                .flatMap(unit -> unit.getTryCatchBlocks().stream())
                .flatMap(block -> block.getCaughtThrowables().stream())
                .anyMatch(thrown -> BUGS.contains(thrown.getName()));
    }

    @Test
    void fewCatchWhatABugThrows() {
        var classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.mobilenet4j");

        assertThat(classes.stream().filter(WhoseFaultTest::catchesBugs).map(JavaClass::getSimpleName))
                .containsExactlyInAnyOrder(
                        // Code of others that answers bad input so.
                        "Codec",
                        "GraphDefNode",
                        "Photos",
                        "Runs",
                        "Table",
                        "TfliteDetectionOptions",
                        "TfliteFile",
                        "TfliteMetadata",
                        "XmlCursor",
                        // Constants of a file's graph, which fit what is to be computed of them or do not.
                        "GraphDefFolding",
                        "OnnxFolding",
                        "OnnxTensor",
                        "TfEvaluator",
                        "TfliteArithmetic",
                        "TfliteFolding",
                        // Parsers that read on until the file ends.
                        "ImageDecoder",
                        "ImageHeader",
                        // What a request asks for: it is answered that it failed, and the server goes on.
                        "Errors",
                        "InferenceServer",
                        "Job",
                        // The JDK says so that the process is about to stop.
                        "Stopping",
                        "UnfinishedFile",
                        // The memory that they would free is gone already.
                        "PosixPages",
                        "WindowsCodeMemory",
                        // They clean up and pass it on.
                        "NativeCall",
                        "NativeArrayCall",
                        "StagedTask",
                        "TrainingRun");
    }
}
